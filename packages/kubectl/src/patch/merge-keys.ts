/**
 * How the API server merges a list in a strategic merge patch: by a key of its items, as a set of scalars, or
 * (undefined) not at all: the new list replaces the old one. From the patchMergeKey tags of k8s.io/api 1.36.
 */
export type ListStrategy = { readonly mergeKey: string } | "set" | undefined

const KEYS: Readonly<Record<string, string>> = {
  containers: "name",
  initContainers: "name",
  ephemeralContainers: "name",
  volumes: "name",
  env: "name",
  volumeMounts: "mountPath",
  volumeDevices: "devicePath",
  imagePullSecrets: "name",
  hostAliases: "ip",
  topologySpreadConstraints: "topologyKey",
  resourceClaims: "name",
  conditions: "type",
  ownerReferences: "uid",
  podIPs: "ip",
  hostIPs: "ip",
}

/** `path` is the field names down to the list, without indices. */
export const listStrategy = (kind: string, path: readonly string[]): ListStrategy => {
  const field = path.at(-1) ?? ""
  const parent = path.at(-2) ?? ""
  if (field === "finalizers" && parent === "metadata") return "set"
  if (kind === "Node" && field === "podCIDRs") return "set"
  if (kind === "Node" && field === "addresses") return { mergeKey: "type" }
  if (field === "ports") {
    if (/containers$/i.test(parent)) return { mergeKey: "containerPort" }
    return kind === "Service" && parent === "spec" ? { mergeKey: "port" } : undefined
  }
  const mergeKey = Object.hasOwn(KEYS, field) ? KEYS[field] : undefined
  return mergeKey ? { mergeKey } : undefined
}

/** Fields whose other keys must go when one of them is set (patchStrategy retainKeys). */
export const retainsKeys = (kind: string, path: readonly string[]): boolean =>
  kind === "Deployment" && path.length === 2 && path[0] === "spec" && path[1] === "strategy"
