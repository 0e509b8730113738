import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { field, labelsText, listed, setField } from "../text.ts"

/** Labels that by convention name the program in a pod. */
const PROGRAM_LABELS: readonly string[] = ["app.kubernetes.io/name", "app", "k8s-app"]

interface Programs {
  /** Pods by value of the label. */
  readonly counts: ReadonlyMap<string, number>
  /** The four with the most pods. */
  readonly most: readonly (readonly [string, number])[]
}

/** By those of the labels that every pod has. */
const programsIn = remembered((selected: readonly PodFacts[]): ReadonlyMap<string, Programs> => {
  const pods = selected.filter((pod) => pod.ip && !pod.terminating)
  const found = new Map<string, Programs>()
  for (const key of PROGRAM_LABELS) {
    const counts = new Map<string, number>()
    for (const { labels } of pods) {
      const value = labels[key]
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    if (pods.some(({ labels }) => labels[key] === undefined)) continue
    const most = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).slice(0, 4)
    found.set(key, { counts, most })
  }
  return found
})

/**
 * A selector so wide that it matches pods of several programs: requests go to either. Only said when every pod carries
 * the same conventional label, with different values, and the selector leaves it open.
 */
export const mixedPrograms: ServiceCheck = (subject) => {
  const { service, selector, kind } = subject
  if (!selector || kind === "headless") return NOTHING
  const byLabel = programsIn(subject.selected)
  for (const key of PROGRAM_LABELS) {
    if (Object.hasOwn(selector, key)) return NOTHING
    const programs = byLabel.get(key)
    if (!programs || programs.counts.size < 2) continue
    const { counts, most } = programs
    const likely = counts.has(service.metadata.name) ? service.metadata.name : most[0]?.[0]
    const narrowed = { [key]: likely, ...selector }
    return [
      found(subject, "warning", "selector-mixes-programs", {
        ...field("spec.selector", selector),
        message: `The selector ${labelsText(selector)} matches pods of ${counts.size} programs: ${listed(
          most.map(([value, count]) => `${key}=${value} (${count})`),
          { count: counts.size, isMore: false },
        )}. Every one of them gets a part of the requests.`,
        fix: `Let the selector name one program: ${key}=${likely}.`,
        command: setField(service, "/spec/selector", narrowed),
        rule: "R20",
      }),
    ]
  }
  return NOTHING
}
