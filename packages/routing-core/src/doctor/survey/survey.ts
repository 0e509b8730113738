import type { NodeFacts, PodFacts } from "../../state.ts"
import type { Indexes } from "../../table/compiled-table.ts"
import { type Claims, claimsOf } from "./claims.ts"
import { type NodeSockets, nodeSocketsOf } from "./node-sockets.ts"
import { type PodIndex, podIndex } from "./pod-index.ts"
import { type Subject, subjectOf } from "./subject.ts"

/** The whole cluster, looked through once; every check of a Service takes from it what it needs. */
export interface Survey {
  readonly indexes: Indexes
  readonly nodes: readonly NodeFacts[]
  readonly subjects: readonly Subject[]
  readonly pods: PodIndex
  /** In order of namespace and name. */
  readonly allPods: readonly PodFacts[]
  /** False: the input holds no pods because nobody looked for them, so nothing can be said about them. */
  readonly podsKnown: boolean
  /** False: slices that somebody wrote by hand may be missing. */
  readonly slicesKnown: boolean
  /** Pods that run, on their own network, by node: those that may be clients. */
  readonly clientsByNode: ReadonlyMap<string, readonly PodFacts[]>
  readonly claims: Claims
  readonly nodeSockets: NodeSockets
}

export const surveyOf = (indexes: Indexes, known: Pick<Survey, "podsKnown" | "slicesKnown">): Survey => {
  const all = indexes.pods.entries().map(([, pod]) => pod)
  const pods = podIndex(all)
  const entries = indexes.services.entries().map(([, entry]) => entry)
  const subjects = entries.map((entry) => subjectOf(entry, pods))
  const clientsByNode = new Map<string, PodFacts[]>()
  for (const pod of all) {
    if (pod.hostNetwork || pod.terminating || !pod.ip || pod.nodeName === undefined) continue
    const list = clientsByNode.get(pod.nodeName)
    if (list) list.push(pod)
    else clientsByNode.set(pod.nodeName, [pod])
  }
  return {
    indexes,
    nodes: indexes.nodeList,
    subjects,
    pods,
    allPods: all,
    ...known,
    clientsByNode,
    claims: claimsOf(subjects),
    nodeSockets: nodeSocketsOf(all),
  }
}
