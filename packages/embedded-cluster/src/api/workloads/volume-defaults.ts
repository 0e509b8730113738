import { child, children, isJson, type Json, withDefaults, withTextDefaults } from "../json-object.ts"
import { pullPolicyOf } from "./pull-policy.ts"

const FILE_MODE = 420
const TOKEN_SECONDS = 3600

/** A reference to a field of the pod, within anything that may have one. */
export const withFieldVersion = (holder: Json): Json =>
  isJson(holder.fieldRef) ? { ...holder, fieldRef: withTextDefaults(holder.fieldRef, { apiVersion: "v1" }) } : holder

const downwardItems = (source: Json): Json =>
  Array.isArray(source.items) ? { ...source, items: children(source, "items").map(withFieldVersion) } : source

const projectedSource = (source: Json): Json => ({
  ...source,
  ...(isJson(source.downwardAPI) ? { downwardAPI: downwardItems(source.downwardAPI) } : {}),
  ...(isJson(source.serviceAccountToken)
    ? { serviceAccountToken: withTextDefaults(source.serviceAccountToken, { expirationSeconds: TOKEN_SECONDS }) }
    : {}),
})

/** A claim made from a template holds a file system unless it says otherwise. */
const ephemeral = (source: Json): Json => {
  if (!isJson(source.volumeClaimTemplate)) return source
  const template = source.volumeClaimTemplate
  const spec = withDefaults(child(template, "spec"), { volumeMode: "Filesystem" })
  return { ...source, volumeClaimTemplate: { ...template, spec } }
}

const mode = (source: Json): Json => withTextDefaults(source, { defaultMode: FILE_MODE })

/** An image that may change behind its name is pulled anew each time. */
const image = (source: Json): Json => withTextDefaults(source, { pullPolicy: pullPolicyOf(source.reference) })

const SOURCES: Readonly<Record<string, (source: Json) => Json>> = {
  configMap: mode,
  secret: mode,
  downwardAPI: (source) => mode(downwardItems(source)),
  projected: (source) =>
    mode(
      Array.isArray(source.sources) ? { ...source, sources: children(source, "sources").map(projectedSource) } : source,
    ),
  hostPath: (source) => withTextDefaults(source, { type: "" }),
  ephemeral,
  image,
  azureDisk: (source) => ({ cachingMode: "ReadWrite", fsType: "ext4", readOnly: false, kind: "Shared", ...source }),
  iscsi: (source) => withTextDefaults(source, { iscsiInterface: "default" }),
  rbd: (source) => withTextDefaults(source, { pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring" }),
}

/** A volume without a source is an empty directory (core/v1 SetDefaults_Volume and those of the sources). */
export const volumeDefaults = (volume: Json): Json => {
  const given = Object.keys(volume).filter((key) => key !== "name")
  if (given.length === 0) return { ...volume, emptyDir: {} }
  const out: Record<string, unknown> = { ...volume }
  for (const key of given) {
    const source = volume[key]
    const complete = Object.hasOwn(SOURCES, key) ? SOURCES[key] : undefined
    if (complete && isJson(source)) out[key] = complete(source)
  }
  return out
}
