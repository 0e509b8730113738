import type { KubeObject, Random } from "@pilotage/kube-model"
import type { ResourceName } from "../../../store-types.ts"

interface Kind {
  readonly resource: ResourceName
  readonly kind: string
}

export const KINDS: readonly [Kind, ...Kind[]] = [
  { resource: "configmaps", kind: "ConfigMap" },
  { resource: "pods", kind: "Pod" },
  { resource: "services", kind: "Service" },
]

export const NAMESPACES = ["demo", "demo-2"] as const
export const NAMES = ["a", "b", "c", "d", "e", "f"] as const
export const COLOURS = ["red", "green", "blue"] as const

/** What a client looks at, and the checker's own idea of what that is. */
export interface Selection {
  readonly resource: ResourceName
  readonly path: string
  /** Parameters besides those of the watch or list itself. */
  readonly query: string
  readonly matches: (object: KubeObject) => boolean
}

export const drawSelection = (random: Random): Selection => {
  const { resource } = random.pick(KINDS)
  const namespace = random.below(2) === 0 ? random.pick(NAMESPACES) : undefined
  const colour = random.below(3) === 0 ? random.pick(COLOURS) : undefined
  const name = random.below(6) === 0 ? random.pick(NAMES) : undefined
  return {
    resource,
    path: namespace ? `/api/v1/namespaces/${namespace}/${resource}` : `/api/v1/${resource}`,
    query: [
      ...(colour ? [`&labelSelector=colour%3D${colour}`] : []),
      ...(name ? [`&fieldSelector=metadata.name%3D${name}`] : []),
    ].join(""),
    matches: ({ metadata }) =>
      (namespace === undefined || metadata.namespace === namespace) &&
      (colour === undefined || metadata.labels?.colour === colour) &&
      (name === undefined || metadata.name === name),
  }
}
