import type { KubeObject, PodSpec } from "@pilotage/kube-model"
import type { Inventory } from "../inventory.ts"
import { withStandIns } from "./unknown-images.ts"
import { workloadPods } from "./workload-pods.ts"

/** Every cluster starts with these; the ones in the input are other versions of them. */
const OWN: ReadonlySet<string> = new Set([
  "Service default/kubernetes",
  "Service kube-system/kube-dns",
  "Deployment kube-system/coredns",
  "EndpointSlice default/kubernetes",
  "Endpoints default/kubernetes",
])

const isOwn = ({ kind, metadata }: KubeObject): boolean => OWN.has(`${kind} ${metadata.namespace}/${metadata.name}`)

/** Kept by a controller, which makes it anew. */
const isKept = ({ metadata }: KubeObject): boolean =>
  metadata.ownerReferences?.some((owner) => owner.controller) === true ||
  metadata.labels?.["endpointslice.kubernetes.io/managed-by"] === "endpointslice-controller.k8s.io" ||
  Object.hasOwn(metadata.annotations ?? {}, "endpoints.kubernetes.io/last-change-trigger-time")

/** As a user would have written it: without what the API server adds. */
const asWritten = (object: KubeObject): KubeObject => {
  const { status, metadata, ...rest } = object
  const { name, namespace, labels, annotations } = metadata
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
  }
}

interface WithTemplate extends KubeObject {
  readonly spec: { readonly template: { readonly spec: PodSpec } }
}

/** An object for the simulation, and the one in the input that it stands for. */
export interface StartObject {
  readonly object: KubeObject
  readonly from: KubeObject
}

/**
 * What the simulated cluster starts with. `nodeOf`: the simulated node for the name of a node in the input. `images`:
 * those that stand-ins take the place of.
 */
export const startObjects = (
  inventory: Inventory,
  nodeNames: readonly string[],
  nodeOf: (name: string) => string,
  images: ReadonlySet<string>,
): readonly StartObject[] => {
  const podSpec = (spec: PodSpec): PodSpec => {
    const known = withStandIns(spec, images)
    return known.nodeName === undefined ? known : { ...known, nodeName: nodeOf(known.nodeName) }
  }
  const written = (from: KubeObject): StartObject => ({ from, object: asWritten(from) })
  const withPods = (from: WithTemplate): StartObject => {
    const { template } = from.spec
    return {
      from,
      object: { ...asWritten(from), spec: { ...from.spec, template: { ...template, spec: podSpec(template.spec) } } },
    }
  }
  const named = [
    ...inventory.services,
    ...inventory.endpoints,
    ...inventory.endpointSlices,
    ...inventory.deployments,
    ...inventory.replicaSets,
    ...inventory.statefulSets,
    ...inventory.daemonSets,
    ...inventory.pods,
  ].map(({ metadata }) => metadata.namespace ?? "default")
  const declared = new Set(inventory.namespaces.map(({ metadata }) => metadata.name))
  const missing = [...new Set(named)].filter((name) => !declared.has(name))
  const namespace = (name: string): KubeObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })
  return [
    ...[...missing.map(namespace), ...inventory.namespaces].map(written),
    ...inventory.nodes.map((from) => ({
      from,
      object: {
        apiVersion: "v1",
        kind: "Node",
        metadata: { name: nodeOf(from.metadata.name), labels: { ...from.metadata.labels } },
      },
    })),
    ...[...inventory.services, ...inventory.endpoints, ...inventory.endpointSlices]
      .filter((object) => !isOwn(object) && !isKept(object))
      .map(written),
    ...[...inventory.deployments, ...inventory.replicaSets]
      .filter((object) => !isOwn(object) && !isKept(object))
      .map((object) => withPods(object as WithTemplate)),
    ...[...inventory.pods.filter((pod) => !isKept(pod)), ...workloadPods(inventory, nodeNames)].map((from) => ({
      from,
      object: { ...asWritten(from), spec: podSpec(from.spec) },
    })),
  ]
}
