import type { Origin } from "@pilotage/routing-core"
import { fieldAt, parseFieldPath } from "../field-path.ts"
import { type Finding, failed, type Grading, passed, runningPods } from "../grading.ts"
import { originsOf, sayOrigin, sayOriginSpec } from "../origins.ts"
import type { CheckOf } from "../schema/check-schema.ts"
import { explanation } from "./curl.ts"

/** The addresses that the answer must consist of; undefined when any will do. */
const wantedAnswers = async (
  { expect }: CheckOf<"dns">,
  grading: Grading,
): Promise<readonly string[] | { readonly missing: string } | undefined> => {
  const { lab, port } = grading
  if (expect.answers) return expect.answers
  if (expect.service) {
    const key = { apiVersion: "v1", kind: "Service", namespace: lab.namespace, ...expect.service }
    const namespace = expect.service.namespace ?? lab.namespace
    const service = await port.get({ ...key, namespace })
    const ip = fieldAt(service, parseFieldPath("spec.clusterIP") ?? [])
    return typeof ip === "string" ? [ip] : { missing: `Service ${namespace}/${expect.service.name} does not exist.` }
  }
  if (!expect.pods) return undefined
  const pods = await runningPods(grading, expect.pods)
  const ready = pods.filter((pod) =>
    pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True"),
  )
  return ready.flatMap((pod) => pod.status?.podIP ?? [])
}

const sayWanted = ({ expect, name, type }: CheckOf<"dns">): string => {
  if (expect.rcode !== "NOERROR") return `${name} (${type}) gives ${expect.rcode}`
  if (expect.service) return `${name} is the cluster IP of Service ${expect.service.name}`
  if (expect.pods) return `${name} is the addresses of the ready pods with ${expect.pods.labels}`
  return `${name} (${type}) resolves${expect.answers ? ` to ${expect.answers.join(", ")}` : ""}`
}

const whyNot = async (from: Origin, name: string, grading: Grading): Promise<{ why?: string; reason?: string }> => {
  const { trace, why, reason } = await explanation(from, `http://${name}:80`, grading)
  return trace?.verdict === "name-not-found" ? { ...(why ? { why } : {}), ...(reason ? { reason } : {}) } : {}
}

export const checkDns = async (check: CheckOf<"dns">, grading: Grading): Promise<Finding> => {
  const expected = `Seen from ${sayOriginSpec(check.from, grading.lab.namespace)}, ${sayWanted(check)}.`
  const origins = await originsOf(check.from, grading)
  if (origins.length === 0)
    return failed(expected, "No such pod is running.", "Nothing is there that could ask.", "client-missing")
  const wanted = await wantedAnswers(check, grading)
  if (wanted && "missing" in wanted)
    return failed(expected, wanted.missing, "There is nothing to compare the answer with.", "object-missing")
  let observed = ""
  for (const from of origins) {
    const answer = await grading.port.resolve(from, check.name, check.type)
    observed = `${check.name} from ${sayOrigin(from)}: ${answer.rcode}${answer.answers.length > 0 ? ` ${answer.answers.join(", ")}` : ""}.`
    const same = !wanted || wanted.toSorted().join() === answer.answers.toSorted().join()
    if (answer.rcode === check.expect.rcode && same) continue
    const { why, reason } = await whyNot(from, check.name, grading)
    const otherwise =
      answer.rcode === check.expect.rcode ? "The name leads somewhere else." : `DNS answers ${answer.rcode}.`
    return failed(expected, observed, why ?? otherwise, reason ?? "dns-differs", answer)
  }
  return passed(expected, observed, "The name resolves as it must.")
}
