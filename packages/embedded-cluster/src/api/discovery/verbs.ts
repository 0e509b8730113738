import type { ResourceInfo } from "../resources.ts"

const VERBS: readonly string[] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

const CUSTOM_VERBS = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]

/** What may be done with a resource, in the order of discovery. */
export const verbsOf = (info: ResourceInfo): readonly string[] => {
  if (info.custom) return CUSTOM_VERBS
  if (info.createOnly) return ["create"]
  if (info.readOnly) return ["get", "list"]
  return info.deleteCollection ? VERBS : VERBS.filter((verb) => verb !== "deletecollection")
}

/** A subresource as discovery tells it. `group` and `version` are there when its objects are of another group. */
export interface Subresource {
  readonly name: string
  readonly kind: string
  readonly group?: string
  readonly version?: string
  readonly verbs: readonly string[]
}

const READ_WRITE = ["get", "patch", "update"]
const CONNECT = ["create", "get"]
const PROXY = ["create", "delete", "get", "patch", "update"]

type Shape = Omit<Subresource, "name" | "kind"> & { readonly kind?: (info: ResourceInfo) => string }

/** kubernetes 1.36 pkg/registry/core/rest and pkg/registry/apps/rest. */
const SHAPES: Readonly<Record<string, Shape>> = {
  approval: { verbs: READ_WRITE },
  attach: { verbs: CONNECT, kind: () => "PodAttachOptions" },
  binding: { verbs: ["create"], kind: () => "Binding" },
  ephemeralcontainers: { verbs: READ_WRITE },
  eviction: { verbs: ["create"], kind: () => "Eviction", group: "policy", version: "v1" },
  exec: { verbs: CONNECT, kind: () => "PodExecOptions" },
  finalize: { verbs: ["update"] },
  log: { verbs: ["get"] },
  portforward: { verbs: CONNECT, kind: () => "PodPortForwardOptions" },
  proxy: { verbs: PROXY, kind: (info) => `${info.kind}ProxyOptions` },
  resize: { verbs: READ_WRITE },
  scale: { verbs: READ_WRITE, kind: () => "Scale", group: "autoscaling", version: "v1" },
  status: { verbs: READ_WRITE },
  token: { verbs: ["create"], kind: () => "TokenRequest", group: "authentication.k8s.io", version: "v1" },
}

/** The subresources of a resource in the order of their names; those of custom resources as they stand. */
export const subresourcesOf = (info: ResourceInfo): readonly Subresource[] =>
  (info.custom ? info.subresources : info.subresources.toSorted()).map((name) => {
    const { kind, ...shape } = SHAPES[name] ?? { verbs: ["get"] }
    return { name, ...shape, kind: kind?.(info) ?? info.kind }
  })
