import { createRandom, type EndpointSlice, type Node, type Pod, type Service } from "@pilotage/kube-model"
import type { ControllerView } from "../engine/controller.ts"
import { createPodIndex } from "../store/pod-index.ts"
import type { ResourceName, ResourceShapes } from "../store-types.ts"
import { endpointSliceController } from "./endpoint-slice.ts"

/** Pods that run somewhere have a node there, whether or not it was written down. */
const unwrittenNode = (name: string): Node => ({ apiVersion: "v1", kind: "Node", metadata: { name } })

/** A Service that was written without a family and an address gets IPv4, as from a cluster that says nothing else. */
const withFamily = (service: Service): Service => {
  const { ipFamilies, clusterIP = "None" } = service.spec
  return ipFamilies || clusterIP !== "None" ? service : { ...service, spec: { ...service.spec, ipFamilies: ["IPv4"] } }
}

/** Objects as a controller reads them; there is nothing but these three kinds. */
const viewOf = (nodes: readonly Node[], pods: readonly Pod[]): ((service: Service) => ControllerView) => {
  const nodesByName = new Map(nodes.map((node) => [node.metadata.name, node]))
  const podsByNamespace = new Map<string, Pod[]>()
  for (const pod of pods) {
    const { namespace = "default", name, uid = `${namespace}/${name}` } = pod.metadata
    const list = podsByNamespace.get(namespace) ?? []
    podsByNamespace.set(namespace, list)
    // The controller tells endpoints apart by their pods' uids, which written objects may lack.
    list.push({ ...pod, metadata: { ...pod.metadata, uid } })
  }
  const lookups = createPodIndex()
  for (const pod of pods) lookups.replace(undefined, pod)
  return (service) => {
    const get = (resource: ResourceName, _: string, name: string) =>
      resource === "nodes"
        ? (nodesByName.get(name) ?? unwrittenNode(name))
        : resource === "services"
          ? service
          : undefined
    const list = (resource: ResourceName, namespace = "") =>
      resource === "pods" ? (podsByNamespace.get(namespace) ?? []) : []
    return {
      revision: 0,
      get: get as <R extends ResourceName>(
        resource: R,
        namespace: string,
        name: string,
      ) => ResourceShapes[R] | undefined,
      list: list as <R extends ResourceName>(resource: R, namespace?: string) => readonly ResourceShapes[R][],
      ...lookups,
    }
  }
}

/**
 * The EndpointSlices that the control plane would keep for Services, from pods as they are: for readers of a cluster
 * whose slices were not written down. Times in their annotations mean nothing.
 */
export const deriveEndpointSlices = (objects: {
  readonly nodes: readonly Node[]
  readonly pods: readonly Pod[]
  readonly services: readonly Service[]
}): readonly EndpointSlice[] => {
  const view = viewOf(objects.nodes, objects.pods)
  const random = createRandom(1)
  return objects.services.map(withFamily).flatMap((service) => {
    const { namespace = "default", name } = service.metadata
    const { writes } = endpointSliceController.reconcile(
      { view: view(service), now: 0, random },
      `${namespace}/${name}`,
    )
    return writes.flatMap((write) => (write.kind === "create" ? [write.object as EndpointSlice] : []))
  })
}
