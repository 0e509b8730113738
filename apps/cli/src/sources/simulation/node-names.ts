import type { EndpointSlice, Node, Pod } from "@pilotage/kube-model"
import type { Inventory } from "../inventory.ts"

/** Nodes that the input names, in order of appearance. */
export const namedNodes = (inventory: Inventory): readonly string[] => [
  ...new Set([
    ...inventory.nodes.map(({ metadata }) => metadata.name),
    ...[
      ...inventory.pods.map(({ spec }) => spec.nodeName),
      ...[...inventory.deployments, ...inventory.replicaSets].map(({ spec }) => spec.template.spec.nodeName),
    ].filter((name) => name !== undefined),
  ]),
]

/** The names of simulated nodes, and the way back to those of the input. */
export interface NodeNames {
  /** In the order of `node-1`, `node-2`… */
  readonly names: readonly string[]
  readonly simulated: (name: string) => string
  readonly original: (name: string) => string
}

export const nodeNaming = (named: readonly string[], count: number): NodeNames => {
  const names = Array.from({ length: count }, (_, index) => named[index] ?? `node-${index + 1}`)
  const there = new Map(names.map((name, index) => [name, `node-${index + 1}`]))
  const back = new Map(names.map((name, index) => [`node-${index + 1}`, name]))
  return {
    names,
    simulated: (name) => there.get(name) ?? name,
    original: (name) => back.get(name) ?? name,
  }
}

export const renamedNode = (node: Node, { original }: NodeNames): Node => {
  const name = original(node.metadata.name)
  const labels = { ...node.metadata.labels, "kubernetes.io/hostname": name }
  return { ...node, metadata: { ...node.metadata, name, labels } }
}

export const renamedPod = (pod: Pod, { original }: NodeNames): Pod =>
  pod.spec.nodeName === undefined ? pod : { ...pod, spec: { ...pod.spec, nodeName: original(pod.spec.nodeName) } }

export const renamedSlice = (slice: EndpointSlice, { original }: NodeNames): EndpointSlice => ({
  ...slice,
  endpoints:
    slice.endpoints?.map((endpoint) => ({
      ...endpoint,
      ...(endpoint.nodeName === undefined ? {} : { nodeName: original(endpoint.nodeName) }),
      ...(endpoint.hints?.forNodes
        ? {
            hints: {
              ...endpoint.hints,
              forNodes: endpoint.hints.forNodes.map(({ name }) => ({ name: original(name) })),
            },
          }
        : {}),
    })) ?? null,
})
