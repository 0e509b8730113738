import {
  err,
  formatTime,
  type InputError,
  isStream,
  type JsonValue,
  type KubeAnswer,
  type KubeObject,
  ok,
  type Random,
  type Result,
} from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"
import type { Api } from "../api/api.ts"
import { RESOURCES } from "../api/resources.ts"
import type { Store } from "../store/store.ts"
import type { ResourceName } from "../store-types.ts"
import { clusterObjects } from "./cluster-objects.ts"
import { controlPlaneLeases } from "./control-plane-leases.ts"
import { kubeProxyConfig } from "./kube-proxy-config.ts"
import { nodeDaemons, SYSTEM_ACCOUNTS } from "./node-daemons.ts"
import { bootNode, nodeIP } from "./nodes.ts"
import {
  apiEndpointSlice,
  apiEndpoints,
  apiService,
  corefile,
  dnsDeployment,
  dnsService,
  namespaceObject,
  SYSTEM_NAMESPACES,
} from "./system-objects.ts"

export interface BootParts {
  readonly store: Store
  readonly api: Api
  readonly random: Random
  readonly config: NetworkConfig
  readonly nodes: readonly string[]
  readonly dedicatedControlPlane: boolean
}

const statusOf = (answer: KubeAnswer): { readonly code: number; readonly message: string } => {
  if (isStream(answer)) return { code: 200, message: "" }
  const message = (answer.body as { readonly message?: string } | undefined)?.message
  return { code: answer.status, message: message ?? "" }
}

/** Creates an object, or changes the one that is there, as `kubectl apply` by an administrator would. */
export const applyObject = (api: Api, object: KubeObject, path: string): Result<undefined, InputError> => {
  const [group, version] = object.apiVersion?.includes("/") ? object.apiVersion.split("/") : ["", object.apiVersion]
  const info = RESOURCES.find((each) => each.kind === object.kind && each.group === group && each.version === version)
  if (!info) return err({ path: `${path}.kind`, message: `this cluster has no ${object.apiVersion} ${object.kind}` })
  const root = group === "" ? "/api/v1" : `/apis/${group}/${version}`
  const scope = info.namespaced ? `/namespaces/${object.metadata?.namespace ?? "default"}` : ""
  const url = `${root}${scope}/${info.resource}`
  const body = object as unknown as JsonValue
  const created = statusOf(
    api.request({ method: "POST", path: url, headers: { "content-type": "application/json" }, body }),
  )
  if (created.code < 300) return ok(undefined)
  if (created.code !== 409) return err({ path, message: created.message })
  const patched = statusOf(
    api.request({
      method: "PATCH",
      path: `${url}/${object.metadata.name}`,
      headers: { "content-type": "application/merge-patch+json" },
      body,
    }),
  )
  return patched.code < 300 ? ok(undefined) : err({ path, message: patched.message })
}

/**
 * The workers of a dedicated control plane join it when it is up, as kubeadm has it: until then what runs first, such as
 * CoreDNS, can only go there.
 */
export const joinWorkers = ({ store, random, nodes, dedicatedControlPlane }: BootParts, now: number): void => {
  if (!dedicatedControlPlane) return
  for (const [index, name] of nodes.entries())
    if (index > 0)
      store.apply({
        kind: "create",
        resource: "nodes",
        object: bootNode({ name, index, dedicatedControlPlane }, now, random),
      })
}

/** What a new cluster holds before anybody does anything. */
export const boot = (
  { store, api, random, config, nodes, dedicatedControlPlane }: BootParts,
  now: number,
): Result<undefined, InputError> => {
  const create = (resource: ResourceName, object: KubeObject): void => {
    store.apply({ kind: "create", resource, object })
  }
  for (const name of SYSTEM_NAMESPACES) create("namespaces", namespaceObject(name))
  for (const [index, name] of nodes.entries())
    if (index === 0 || !dedicatedControlPlane)
      create("nodes", bootNode({ name, index, dedicatedControlPlane }, now, random))
  for (const [resource, object] of clusterObjects(config, formatTime(now))) create(resource, object)
  const service = applyObject(api, apiService(config), "config.serviceCIDR")
  if (!service.ok) return service
  create("endpointslices", apiEndpointSlice(nodeIP(0)))
  create("endpoints", apiEndpoints(nodeIP(0)))
  create("configmaps", corefile(config))
  create("configmaps", kubeProxyConfig(config, nodes[0] ?? ""))
  for (const account of SYSTEM_ACCOUNTS) create("serviceaccounts", account)
  for (const lease of controlPlaneLeases(nodes[0] ?? "", now, random)) create("leases", lease)
  const dns = applyObject(api, dnsService(config), "config.dnsServiceIP")
  if (!dns.ok) return dns
  for (const object of [dnsDeployment, ...nodeDaemons(config)]) {
    const applied = applyObject(api, object, object.metadata.name)
    if (!applied.ok) return applied
  }
  return ok(undefined)
}
