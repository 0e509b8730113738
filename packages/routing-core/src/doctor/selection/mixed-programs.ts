import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field, labelsText, listed, setField } from "../text.ts"

/** Labels that by convention name the program in a pod. */
const PROGRAM_LABELS: readonly string[] = ["app.kubernetes.io/name", "app", "k8s-app"]

/**
 * A selector so wide that it matches pods of several programs: requests go to either. Only said when every pod carries
 * the same conventional label, with different values, and the selector leaves it open.
 */
export const mixedPrograms: ServiceCheck = (subject) => {
  const { service, selector, kind } = subject
  if (!selector || kind === "headless") return NOTHING
  const pods = subject.selected.filter((pod) => pod.ip && !pod.terminating)
  for (const key of PROGRAM_LABELS) {
    if (Object.hasOwn(selector, key)) return NOTHING
    const programs = new Map<string, PodFacts[]>()
    for (const pod of pods) {
      const value = pod.labels[key]
      if (value === undefined) break
      const same = programs.get(value)
      if (same) same.push(pod)
      else programs.set(value, [pod])
    }
    const count = [...programs.values()].reduce((sum, group) => sum + group.length, 0)
    if (count < pods.length || programs.size < 2) continue
    const groups = [...programs].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    const likely = programs.has(service.metadata.name) ? service.metadata.name : groups[0]?.[0]
    const narrowed = { [key]: likely, ...selector }
    return [
      found(subject, "warning", "selector-mixes-programs", {
        ...field("spec.selector", selector),
        message: `The selector ${labelsText(selector)} matches pods of ${programs.size} programs: ${listed(groups.map(([value, group]) => `${key}=${value} (${group.length})`))}. Every one of them gets a part of the requests.`,
        fix: `Let the selector name one program: ${key}=${likely}.`,
        command: setField(service, "/spec/selector", narrowed),
        rule: "R20",
      }),
    ]
  }
  return NOTHING
}
