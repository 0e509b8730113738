import { type EndpointSlice, type Endpoints, randomSuffix, type Service } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  keyOf,
  NOTHING,
  type Outcome,
  splitKey,
} from "../engine/controller.ts"
import { deepEqual } from "../store/deep-equal.ts"
import type { Write } from "../store-types.ts"
import { ownerReference } from "./owners.ts"

const MANAGER = "endpointslicemirroring-controller.k8s.io"

type Subset = NonNullable<Endpoints["subsets"]>[number]

/** Endpoints that controllers keep, and those that say so, are not mirrored. */
const isMirrored = (endpoints: Endpoints | undefined, service: Service | undefined): boolean =>
  endpoints !== undefined &&
  service !== undefined &&
  Object.keys(service.spec.selector ?? {}).length === 0 &&
  service.spec.type !== "ExternalName" &&
  endpoints.metadata.labels?.["endpointslice.kubernetes.io/skip-mirror"] !== "true" &&
  endpoints.metadata.labels?.["endpoints.kubernetes.io/managed-by"] === undefined

const contentOf = (subset: Subset): Pick<EndpointSlice, "addressType" | "endpoints" | "ports"> => {
  const endpoint =
    (ready: boolean) =>
    (address: NonNullable<Subset["addresses"]>[number]): NonNullable<EndpointSlice["endpoints"]>[number] => ({
      addresses: [address.ip],
      conditions: { ready },
      ...(address.hostname === undefined ? {} : { hostname: address.hostname }),
      ...(address.nodeName === undefined ? {} : { nodeName: address.nodeName }),
      ...(address.targetRef === undefined ? {} : { targetRef: address.targetRef }),
    })
  return {
    addressType: "IPv4",
    endpoints: [
      ...(subset.addresses ?? []).map(endpoint(true)),
      ...(subset.notReadyAddresses ?? []).map(endpoint(false)),
    ],
    ports: (subset.ports ?? []).map((port) => ({
      name: port.name ?? "",
      protocol: port.protocol ?? "TCP",
      port: port.port,
    })),
  }
}

const reconcile = ({ view, random }: ControllerContext, key: string): Outcome => {
  const { namespace, name } = splitKey(key)
  const endpoints = view.get("endpoints", namespace, name)
  const service = view.get("services", namespace, name)
  const slices = view
    .list("endpointslices", namespace)
    .filter(
      ({ metadata: { labels } }) =>
        labels?.["kubernetes.io/service-name"] === name &&
        labels?.["endpointslice.kubernetes.io/managed-by"] === MANAGER,
    )
  const wanted = endpoints && isMirrored(endpoints, service) ? (endpoints.subsets ?? []).map(contentOf) : []
  if (wanted.length === 0 && slices.length === 0) return NOTHING
  const writes: Write[] = []
  for (const [index, content] of wanted.entries()) {
    const slice = slices[index]
    if (slice && deepEqual(slice.endpoints, content.endpoints) && deepEqual(slice.ports, content.ports)) continue
    if (slice) writes.push({ kind: "update", resource: "endpointslices", object: { ...slice, ...content } })
    else if (endpoints) {
      const object: EndpointSlice = {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: {
          name: `${name}-${randomSuffix(random)}`,
          generateName: `${name}-`,
          namespace,
          labels: {
            ...endpoints.metadata.labels,
            "endpointslice.kubernetes.io/managed-by": MANAGER,
            "kubernetes.io/service-name": name,
          },
          ownerReferences: [ownerReference(endpoints)],
        },
        ...content,
      }
      writes.push({ kind: "create", resource: "endpointslices", object })
    }
  }
  for (const slice of slices.slice(wanted.length))
    writes.push({ kind: "remove", resource: "endpointslices", namespace, name: slice.metadata.name })
  return { writes }
}

/** Endpoints that a user made for a Service without a selector become slices (kube-controller-manager's mirroring). */
export const endpointSliceMirroring: Controller = {
  name: "endpointslice-mirroring",
  delayMs: 20,
  keysOf: ({ resource, object }) => (resource === "endpoints" || resource === "services" ? [keyOf(object)] : []),
  reconcile,
}
