import type { KubeEvent, KubeObject } from "@pilotage/kube-model"
import { type Finding, failed, type Grading, passed } from "../grading.ts"
import type { CheckOf } from "../schema/check-schema.ts"

const isEvent = (object: KubeObject): object is KubeEvent => object.kind === "Event"

const matches = (pattern: string | undefined, text: string | undefined): boolean =>
  pattern === undefined || new RegExp(pattern, "mu").test(text ?? "")

/** `^web$` is the plain name to a reader. */
const sayPattern = (pattern: string): string => /^\^([a-z0-9-]+)\$$/.exec(pattern)?.[1] ?? `/${pattern}/`

export const checkEvent = async (check: CheckOf<"event">, { port, lab }: Grading): Promise<Finding> => {
  const namespace = check.involved.namespace ?? lab.namespace
  const what = `event${check.reason ? ` ${check.reason}` : ""} about ${check.involved.kind}${check.involved.name ? ` ${sayPattern(check.involved.name)}` : ""}${check.message ? ` that says /${check.message}/` : ""} in namespace ${namespace}`
  const found = (await port.list("v1", "Event", namespace))
    .filter(isEvent)
    .filter(
      (event) =>
        event.involvedObject.kind === check.involved.kind &&
        matches(check.involved.name, event.involvedObject.name) &&
        (check.reason === undefined || event.reason === check.reason) &&
        matches(check.message, event.message),
    )
  const [first] = found
  if (check.occurs)
    return first
      ? passed(`There is an ${what}.`, `${first.reason}: ${first.message}`, "The cluster reported it.", first)
      : failed(
          `There is an ${what}.`,
          "There is none.",
          check.why ?? "What would report it has not happened.",
          "event-missing",
        )
  return first
    ? failed(
        `There is no ${what}.`,
        `${first.reason}: ${first.message}`,
        check.why ?? "The cluster reported it.",
        "event-present",
        first,
      )
    : passed(`There is no ${what}.`, "There is none.", "What would report it has not happened.")
}
