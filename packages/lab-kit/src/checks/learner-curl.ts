import type { LearnerCurl } from "../cluster-port.ts"
import { MISMATCH_SAYS, mismatchOf, sayObservation, sayOutcome } from "../curl-judgement.ts"
import { type Finding, failed, type Grading, passed } from "../grading.ts"
import { originsOf, sayOrigin, sayOriginSpec, startsAt } from "../origins.ts"
import type { CheckOf } from "../schema/check-schema.ts"
import { expandUrl } from "../url-expansion.ts"
import { asksFor, parseTarget, sayUrl, type Target } from "../url-template.ts"
import { allowedBackends, explanation } from "./curl.ts"

const VERIFY_TIME_MS = 5_000

/** The learner's requests that the check is about, newest first. */
const attempts = async (
  check: CheckOf<"learnerCurl">,
  targets: readonly Target[],
  grading: Grading,
): Promise<readonly LearnerCurl[]> => {
  const found: LearnerCurl[] = []
  for (const curl of (await grading.port.learnerCurls()).toReversed()) {
    const target = parseTarget(curl.url)
    if (!target || !targets.some((wanted) => asksFor(wanted, target))) continue
    if (await startsAt(curl.from, check.from, grading)) found.push(curl)
  }
  return found
}

/** Does the same curl, and from a pod of the same kind where the learner's is gone. */
const repeat = async (
  check: CheckOf<"learnerCurl">,
  ran: LearnerCurl,
  expected: string,
  grading: Grading,
): Promise<Finding | undefined> => {
  const origins = await originsOf(check.from, grading)
  const here = JSON.stringify(ran.from)
  const from = origins.find((origin) => JSON.stringify(origin) === here) ?? origins[0]
  if (!from)
    return failed(expected, "No such pod is running any more.", "The request cannot be sent again.", "client-missing")
  const [now] = await grading.port.curl({ from, url: ran.url, maxTimeMs: VERIFY_TIME_MS, connections: 1 })
  if (!now) throw new Error(`the cluster gave no result for curl ${ran.url}`)
  const mismatch = mismatchOf(now, check.expect, await allowedBackends(check.expect, grading))
  if (!mismatch) return undefined
  const account = await explanation(from, ran.url, grading)
  return failed(
    expected,
    `You saw it, but now curl ${ran.url} from ${sayOrigin(from)} gives ${sayObservation(now)}`,
    account.why ?? MISMATCH_SAYS[mismatch],
    account.reason ?? mismatch,
    { learner: ran, now, trace: account.trace },
  )
}

export const checkLearnerCurl = async (check: CheckOf<"learnerCurl">, grading: Grading): Promise<Finding> => {
  const place = sayOriginSpec(check.from, grading.lab.namespace)
  const expected = `You have run curl ${sayUrl(check.urls[0] ?? "")} from ${place} and seen ${sayOutcome(check.expect)}.`
  const targets: Target[] = []
  let unfilled: { readonly reason: string; readonly message: string } | undefined
  for (const text of check.urls) {
    const url = await expandUrl(text, grading)
    const target = url.ok ? parseTarget(url.value) : undefined
    if (!url.ok) unfilled = url.error
    if (target) targets.push(target)
  }
  if (targets.length === 0 && unfilled)
    return failed(expected, unfilled.message, "Without it there is no address to send to.", unfilled.reason)
  const ran = await attempts(check, targets, grading)
  const [latest] = ran
  if (!latest)
    return failed(
      expected,
      `No such curl has been run from ${place}.`,
      "Only what you see yourself counts here.",
      "not-tried",
    )
  const allowed = await allowedBackends(check.expect, grading)
  const good = ran.find((curl) => mismatchOf(curl.observation, check.expect, allowed) === undefined)
  if (!good) {
    const mismatch = mismatchOf(latest.observation, check.expect, allowed) ?? "exit-code-differs"
    return failed(
      expected,
      `Your last curl ${latest.url} from ${sayOrigin(latest.from)}: ${sayObservation(latest.observation)}`,
      MISMATCH_SAYS[mismatch],
      mismatch,
      latest,
    )
  }
  const changed = check.holds === "now" ? await repeat(check, good, expected, grading) : undefined
  if (changed) return changed
  return passed(
    expected,
    `curl ${good.url} from ${sayOrigin(good.from)}: ${sayObservation(good.observation)}`,
    check.holds === "now" ? "The same request still comes back so." : "That is what you saw.",
    good,
  )
}
