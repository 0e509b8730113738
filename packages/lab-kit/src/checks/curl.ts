import type { Origin, Trace } from "@pilotage/routing-core"
import type { CurlObservation } from "../cluster-port.ts"
import { MISMATCH_SAYS, type Mismatch, mismatchOf, sayObservation, sayOutcome } from "../curl-judgement.ts"
import { type Finding, failed, type Grading, passed, runningPods } from "../grading.ts"
import { originsOf, sayOrigin, sayOriginSpec } from "../origins.ts"
import type { CheckOf } from "../schema/check-schema.ts"
import type { CurlOutcome } from "../schema/curl-schema.ts"
import { expandUrl } from "../url-expansion.ts"
import { parseTarget, sayUrl } from "../url-template.ts"

/** Names of the pods that may answer; undefined when anybody may. */
export const allowedBackends = async (
  expect: Pick<CurlOutcome, "backends">,
  grading: Grading,
): Promise<ReadonlySet<string> | undefined> => {
  if (!expect.backends) return undefined
  const namespace = expect.backends.namespace ?? grading.lab.namespace
  const pods = await runningPods(grading, expect.backends)
  return new Set(pods.map((pod) => `${namespace}/${pod.metadata.name}`))
}

/** routing-core's account of a request; its failure, where there is one, is the reason of the check. */
export const explanation = async (
  from: Origin,
  url: string,
  { port }: Grading,
): Promise<{ readonly trace?: Trace; readonly why?: string; readonly reason?: string }> => {
  const target = parseTarget(url)
  if (!target) return { why: `${url} is no URL.`, reason: "bad-url" }
  const trace = await port.explain(from, target.host, target.port)
  if (trace.failure) return { trace, why: trace.failure.message, reason: trace.failure.code }
  const last = trace.hops.at(-1)
  return last ? { trace, why: last.says } : { trace }
}

const accountFor = async (
  mismatch: Mismatch,
  from: Origin,
  url: string,
  grading: Grading,
): Promise<{ readonly why: string; readonly reason: string; readonly trace?: Trace }> => {
  const { trace, why, reason } = await explanation(from, url, grading)
  return {
    why: mismatch === "exit-code-differs" && why ? why : `${MISMATCH_SAYS[mismatch]}${why ? ` ${why}` : ""}`,
    reason: mismatch === "exit-code-differs" ? (reason ?? mismatch) : mismatch,
    ...(trace ? { trace } : {}),
  }
}

/** The first backend whose part of the connections is out of bounds, as a sentence. */
const unfairShare = (
  seen: readonly CurlObservation[],
  share: NonNullable<CurlOutcome["share"]>,
  allowed: ReadonlySet<string>,
): string | undefined => {
  for (const pod of allowed) {
    const part = seen.filter((each) => each.backend === pod).length / seen.length
    if (part < (share.atLeast ?? 0) || part > (share.atMost ?? 1))
      return `pod ${pod} got ${Math.round(part * 100)} % of ${seen.length} connections`
  }
  return undefined
}

/** What all connections came to, however many they were. */
const summary = (seen: readonly CurlObservation[]): unknown => {
  const answeredBy: Record<string, number> = {}
  for (const { backend } of seen) if (backend) answeredBy[backend] = (answeredBy[backend] ?? 0) + 1
  return { connections: seen.length, first: seen[0], answeredBy }
}

const sayShare = ({ share, backends }: CurlOutcome): string =>
  share && backends
    ? `; each pod with ${backends.labels} gets ${[
        share.atLeast === undefined ? "" : `at least ${share.atLeast * 100} %`,
        share.atMost === undefined ? "" : `at most ${share.atMost * 100} %`,
      ]
        .filter((part) => part !== "")
        .join(" and ")} of the connections`
    : ""

export const checkCurl = async (check: CheckOf<"curl">, grading: Grading): Promise<Finding> => {
  const { lab, port } = grading
  const url = await expandUrl(check.url, grading)
  const place = sayOriginSpec(check.from, lab.namespace)
  const expected = `curl ${url.ok ? url.value : sayUrl(check.url)} from ${place} gives ${sayOutcome(check.expect)}${sayShare(check.expect)}.`
  const origins = await originsOf(check.from, grading)
  if (origins.length === 0)
    return failed(
      expected,
      "No such pod is running.",
      "Nothing is there that could send the request.",
      "client-missing",
    )
  if (!url.ok)
    return failed(expected, url.error.message, "Without it there is no address to send to.", url.error.reason)
  const allowed = await allowedBackends(check.expect, grading)
  const all: CurlObservation[] = []
  for (const from of origins) {
    const seen = await port.curl({
      from,
      url: url.value,
      maxTimeMs: check.maxTimeMs,
      connections: check.connections,
    })
    all.push(...seen)
    for (const observation of seen) {
      const mismatch = mismatchOf(observation, check.expect, allowed)
      if (!mismatch) continue
      const account = await accountFor(mismatch, from, url.value, grading)
      const observed = `curl ${url.value} from ${sayOrigin(from)}: ${sayObservation(observation)}`
      return failed(expected, observed, account.why, account.reason, { observation, trace: account.trace })
    }
  }
  const unfair = check.expect.share && allowed ? unfairShare(all, check.expect.share, allowed) : undefined
  const [first] = all
  if (unfair !== undefined)
    return failed(
      expected,
      unfair,
      "A Service picks an endpoint anew for each connection.",
      "share-differs",
      summary(all),
    )
  if (!first) throw new Error(`the cluster gave no result for curl ${url.value}`)
  const why =
    check.expect.exitCode === 0
      ? "The request arrives where it must."
      : ((await explanation(origins[0] ?? { kind: "outside", ip: "" }, url.value, grading)).why ??
        "It fails as it must.")
  return passed(
    expected,
    `${sayObservation(first)}${all.length > 1 ? ` (first of ${all.length})` : ""}`,
    why,
    summary(all),
  )
}
