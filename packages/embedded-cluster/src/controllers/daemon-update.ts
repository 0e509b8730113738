import { isTerminating, type Pod } from "@pilotage/kube-model"
import type { DaemonSet } from "./daemon-set-object.ts"
import { shareOf } from "./rollout.ts"

export interface DaemonNode {
  readonly name: string
  readonly pods: readonly Pod[]
}

interface Replacement {
  /** Nodes that get a pod beside the one that they have. */
  readonly create: readonly string[]
  readonly remove: readonly Pod[]
}

interface Judge {
  readonly isUpdated: (pod: Pod) => boolean
  readonly isAvailable: (pod: Pod) => boolean
}

interface Pair {
  readonly name: string
  readonly old?: Pod
  readonly new?: Pod
  /** Several old or new pods: the next look will have sorted that out. */
  readonly isClear: boolean
}

const pairOf = ({ name, pods }: DaemonNode, { isUpdated }: Judge): Pair => {
  const here = pods.filter((pod) => !isTerminating(pod))
  const [news, olds] = [here.filter(isUpdated), here.filter((pod) => !isUpdated(pod))]
  const [[fresh], [old]] = [news, olds]
  const isClear = news.length <= 1 && olds.length <= 1
  return { name, isClear, ...(fresh ? { new: fresh } : {}), ...(old ? { old } : {}) }
}

/** One after another: an old pod goes, then its node gets a new one. Old pods that are not available go at once. */
const withUnavailable = (pairs: readonly Pair[], limit: number, { isAvailable }: Judge): readonly Pod[] => {
  const broken: Pod[] = []
  const sound: Pod[] = []
  let missing = 0
  for (const { old, new: fresh, isClear } of pairs) {
    if (!isClear || (old === undefined) === (fresh === undefined)) missing += 1
    else if (fresh) missing += isAvailable(fresh) ? 0 : 1
    else if (old && !isAvailable(old)) {
      missing += 1
      broken.push(old)
    } else if (old) sound.push(old)
  }
  return [...broken, ...sound.slice(0, Math.max(0, limit - missing))]
}

/** The new pod comes first, and the old one goes when the new one is available. */
const withSurge = (pairs: readonly Pair[], limit: number, { isAvailable }: Judge): Replacement => {
  const urgent: string[] = []
  const candidates: string[] = []
  const remove: Pod[] = []
  let surplus = 0
  for (const { name, old, new: fresh, isClear } of pairs) {
    if (!isClear) surplus += 1
    else if (old && fresh) {
      if (isAvailable(fresh)) remove.push(old)
      else surplus += 1
    } else if (old) (isAvailable(old) ? candidates : urgent).push(name)
  }
  return { create: [...urgent, ...candidates.slice(0, Math.max(0, limit - surplus))], remove }
}

/** What a rolling update does next (kubernetes `pkg/controller/daemon/update.go` rollingUpdate). */
export const rollingReplacement = (set: DaemonSet, nodes: readonly DaemonNode[], judge: Judge): Replacement => {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {}
  if (type === "OnDelete") return { create: [], remove: [] }
  const pairs = nodes.map((node) => pairOf(node, judge))
  const surge = shareOf(rollingUpdate?.maxSurge ?? 0, nodes.length, Math.ceil)
  if (surge > 0) return withSurge(pairs, surge, judge)
  const unavailable = shareOf(rollingUpdate?.maxUnavailable ?? 1, nodes.length, Math.ceil)
  return { create: [], remove: withUnavailable(pairs, Math.max(1, unavailable), judge) }
}
