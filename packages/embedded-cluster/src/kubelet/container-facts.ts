import type { Container, Pod } from "@pilotage/kube-model"
import { findImage } from "../images/registry.ts"

interface SecurityContext {
  readonly runAsUser?: number
  readonly runAsGroup?: number
  readonly supplementalGroups?: readonly number[]
  readonly fsGroup?: number
}

/** Users that the images' own /etc/passwd names, with their groups. */
const NAMED: Readonly<Record<string, readonly [user: number, group: number]>> = { root: [0, 0], curl_user: [100, 101] }

const imageUser = (image: string): readonly [user: number, group: number] => {
  const name = findImage(image)?.user ?? "root"
  return NAMED[name] ?? [Number(name) || 0, 0]
}

/** Few containers run as somebody special: the others share one answer. */
const users = new Map<string, object>()

/** Who the first process runs as: the container's word, else the pod's, else the image's. */
export const userStatus = (pod: Pod, container: Container): object => {
  const own = container.securityContext as SecurityContext | undefined
  const shared = pod.spec.securityContext as SecurityContext | undefined
  const [user, group] = imageUser(container.image)
  const uid = own?.runAsUser ?? shared?.runAsUser ?? user
  const gid = own?.runAsGroup ?? shared?.runAsGroup ?? (uid === user ? group : 0)
  const more = [...(shared?.fsGroup === undefined ? [] : [shared.fsGroup]), ...(shared?.supplementalGroups ?? [])]
  const key = [uid, gid, ...more].join()
  const known = users.get(key) ?? { linux: { gid, supplementalGroups: [...new Set([gid, ...more])], uid } }
  if (users.size < 100) users.set(key, known)
  return known
}

/** What the container has been given, and under `allocatedResources` what its node has set aside for it. */
export const resourcesStatus = (container: Container): object => {
  const resources = (container.resources ?? {}) as { readonly requests?: object }
  return { ...(resources.requests ? { allocatedResources: resources.requests } : {}), resources }
}

interface Mount {
  readonly name: string
  readonly mountPath: string
  readonly readOnly?: boolean
  readonly recursiveReadOnly?: string
}

export const mountStatuses = (container: Container): object => {
  const mounts = (container.volumeMounts ?? []) as readonly Mount[]
  if (mounts.length === 0) return {}
  return {
    volumeMounts: mounts.map(({ name, mountPath, readOnly, recursiveReadOnly }) => ({
      mountPath,
      name,
      ...(readOnly ? { readOnly, recursiveReadOnly: recursiveReadOnly === "Enabled" ? "Enabled" : "Disabled" } : {}),
    })),
  }
}
