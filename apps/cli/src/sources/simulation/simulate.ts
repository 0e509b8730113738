import { type Cluster, collectionPath, createCluster } from "@pilotage/embedded-cluster"
import {
  type EndpointSlice,
  err,
  isPodReady,
  isStream,
  type KubeObject,
  type Node,
  ok,
  type Pod,
  type Result,
  type Service,
} from "@pilotage/kube-model"
import type { ListeningSocket, NetworkConfig } from "@pilotage/routing-core"
import type { Inventory } from "../inventory.ts"
import { namedNodes, nodeNaming, renamedNode, renamedPod, renamedSlice } from "./node-names.ts"
import { type StartObject, startObjects } from "./start-objects.ts"
import { unknownImages, usesImages } from "./unknown-images.ts"

const DEFAULT_NODES = 3
const SETTLE_STEP_MS = 5_000
/** Virtual time for pods to become ready; those that are not by then never will. */
const SETTLE_MS = 300_000

export interface Simulated {
  readonly inventory: Inventory
  /** What is listened on in pods, by `namespace/name`; pods with unknown programs are not there. */
  readonly sockets: ReadonlyMap<string, readonly ListeningSocket[]>
  readonly nodes: number
  /** Images whose programs are not known. */
  readonly unknown: ReadonlySet<string>
}

/** An object that the API server would refuse, and its words. */
export interface Refused {
  readonly object?: KubeObject
  readonly message: string
}

/** `v1`, `Pod`: all of them. Items of a list do not say their kind by themselves. */
const listOf = <Shape extends KubeObject>(cluster: Cluster, apiVersion: string, kind: string): readonly Shape[] => {
  const path = collectionPath(apiVersion, kind, "")?.replace("/namespaces//", "/") ?? ""
  const answer = cluster.request({ method: "GET", path, headers: {} })
  if (isStream(answer)) throw new Error(`${path} answered with a stream`)
  const { items = [] } = answer.body as { readonly items?: readonly Shape[] }
  return items.map((item) => ({ ...item, apiVersion, kind }))
}

const settled = (cluster: Cluster): readonly Pod[] => {
  for (let waited = 0; ; waited += SETTLE_STEP_MS) {
    const pods = listOf<Pod>(cluster, "v1", "Pod")
    if (waited >= SETTLE_MS || pods.every(isPodReady)) return pods
    cluster.advance(SETTLE_STEP_MS)
  }
}

const refusedBy = (start: readonly StartObject[], { path, message }: { path: string; message: string }): Refused => {
  const index = /^objects\[(\d+)\]/.exec(path)?.[1]
  const object = index === undefined ? undefined : start[Number(index)]?.from
  return object ? { object, message } : { message: `${path} ${message}` }
}

/** A load balancer's address that the input knows is kept. */
const withGivenAddress = (service: Service, given: readonly Service[]): Service => {
  const { namespace, name } = service.metadata
  const same = given.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name)
  return same?.status?.loadBalancer?.ingress?.length ? { ...service, status: same.status } : service
}

/** The pod's containers as they were written, without stand-ins. */
const asGiven = (pod: Pod, start: readonly StartObject[]): Pod => {
  const owner = start
    .filter(({ from: { metadata, spec } }) => {
      const isName = pod.metadata.name === metadata.name || pod.metadata.name.startsWith(`${metadata.name}-`)
      return spec !== undefined && metadata.namespace === pod.metadata.namespace && isName
    })
    .flatMap(({ from }) => {
      const spec = from.spec as Partial<Pod["spec"]> & { readonly template?: { readonly spec: Pod["spec"] } }
      const containers = spec.template?.spec.containers ?? spec.containers
      return containers ? [{ name: from.metadata.name, containers }] : []
    })
    .sort((a, b) => b.name.length - a.name.length)[0]
  return owner ? { ...pod, spec: { ...pod.spec, containers: owner.containers } } : pod
}

const run = (
  inventory: Inventory,
  config: Partial<NetworkConfig>,
  wanted: number | undefined,
  images: ReadonlySet<string>,
): Result<Simulated, Refused> => {
  const named = namedNodes(inventory)
  const nodes = wanted ?? Math.max(DEFAULT_NODES, named.length)
  const naming = nodeNaming(named, nodes)
  const simulatedNames = naming.names.map(naming.simulated)
  const start = startObjects(inventory, simulatedNames, naming.simulated, images)
  const created = createCluster({
    seed: 1,
    topology: { nodes },
    config,
    loadBalancerController: "vip",
    objects: start.map(({ object }) => object),
  })
  if (!created.ok) return err(refusedBy(start, created.error))
  const cluster = created.value
  const pods = settled(cluster)
  const unknown = new Set([...unknownImages(pods)].filter((image) => !images.has(image)))
  if (unknown.size > 0) return run(inventory, config, wanted, new Set([...images, ...unknown]))
  const given = pods.map((pod) => renamedPod(asGiven(pod, start), naming))
  const isKnown = new Map(
    given.map((pod) => [`${pod.metadata.namespace}/${pod.metadata.name}`, !usesImages(pod.spec, images)]),
  )
  return ok({
    nodes,
    unknown: images,
    sockets: new Map(
      cluster
        .state()
        .pods.flatMap(({ namespace, name, sockets }) =>
          sockets && isKnown.get(`${namespace}/${name}`) ? [[`${namespace}/${name}`, sockets] as const] : [],
        ),
    ),
    inventory: {
      ...inventory,
      pods: given,
      nodes: listOf<Node>(cluster, "v1", "Node").map((node) => renamedNode(node, naming)),
      namespaces: listOf(cluster, "v1", "Namespace"),
      services: listOf<Service>(cluster, "v1", "Service").map((each) => withGivenAddress(each, inventory.services)),
      endpointSlices: listOf<EndpointSlice>(cluster, "discovery.k8s.io/v1", "EndpointSlice").map((slice) =>
        renamedSlice(slice, naming),
      ),
      endpoints: listOf(cluster, "v1", "Endpoints"),
      replicaSets: listOf(cluster, "apps/v1", "ReplicaSet"),
    },
  })
}

/** Has the input something to run, but nothing that runs? */
export const needsSimulation = ({ pods, nodes, ...rest }: Inventory): boolean => {
  if (pods.some(({ status }) => status?.podIP)) return false
  const workloads = [pods, rest.deployments, rest.replicaSets, rest.statefulSets, rest.daemonSets]
  const hasNodes = nodes.some(({ status }) => (status?.addresses?.length ?? 0) > 0)
  return workloads.some(({ length }) => length > 0) || !hasNodes
}

/**
 * Runs manifests on an embedded cluster until its pods are ready or never will be: gives them pods, addresses and
 * EndpointSlices. Nodes keep the names that the input has for them.
 */
export const simulate = (
  inventory: Inventory,
  config: Partial<NetworkConfig>,
  nodes: number | undefined,
): Result<Simulated, Refused> => run(inventory, config, nodes, new Set())
