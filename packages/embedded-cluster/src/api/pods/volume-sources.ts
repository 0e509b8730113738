import { type FieldError, invalid, invalids, notSupported, refused, required } from "../field-error.ts"
import { child, type Json, text } from "../json-object.ts"
import { claimSpecErrors } from "../kinds/persistent-volume-claim.ts"
import { dnsSubdomainProblems } from "../names.ts"
import { quantityText } from "../workloads/quantity-text.ts"
import { backstepProblems } from "./path-problems.ts"
import { configMapErrors, downwardErrors, projectedErrors, secretErrors } from "./projected-errors.ts"

interface VolumeSource {
  readonly key: string
  /** The name in paths, where upstream has another. */
  readonly shown?: string
  readonly check: (source: Json, at: string) => FieldError[]
}

/** A source that must only name some texts or lists. */
const needing =
  (...keys: readonly string[]): VolumeSource["check"] =>
  (source, at) =>
    keys
      .filter((key) => text(source, key) === "" && !(Array.isArray(source[key]) && source[key].length > 0))
      .map((key) => required(`${at}.${key}`))

const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
]

const hostPathErrors = (source: Json, at: string): FieldError[] => {
  const path = text(source, "path")
  if (path === "") return [required(`${at}.path`)]
  const { type } = source
  return [
    ...invalids(`${at}.path`, path, backstepProblems(path)),
    ...(type === undefined || HOST_PATH_TYPES.includes(String(type))
      ? []
      : [notSupported(`${at}.type`, type, HOST_PATH_TYPES)]),
  ]
}

const emptyDirErrors = (source: Json, at: string): FieldError[] =>
  source.sizeLimit !== undefined && quantityText(source.sizeLimit).startsWith("-")
    ? [refused(`${at}.sizeLimit`, "SizeLimit field must be a valid resource quantity")]
    : []

const nfsErrors = (source: Json, at: string): FieldError[] => [
  ...needing("server", "path")(source, at),
  ...(text(source, "path").startsWith("/")
    ? []
    : [invalid(`${at}.path`, text(source, "path"), "must be an absolute path")]),
]

const ephemeralErrors = (source: Json, at: string): FieldError[] =>
  source.volumeClaimTemplate === undefined
    ? [required(`${at}.volumeClaimTemplate`)]
    : claimSpecErrors(child(child(source, "volumeClaimTemplate"), "spec"), `${at}.volumeClaimTemplate.spec`)

const PULL_POLICIES = ["Always", "IfNotPresent", "Never"]

const imageErrors = (source: Json, at: string): FieldError[] => {
  const policy = text(source, "pullPolicy")
  return [
    ...needing("reference")(source, at),
    ...(policy === ""
      ? [required(`${at}.pullPolicy`)]
      : PULL_POLICIES.includes(policy)
        ? []
        : [notSupported(`${at}.pullPolicy`, policy, PULL_POLICIES)]),
  ]
}

const driverErrors = (source: Json, at: string): FieldError[] => {
  const driver = text(source, "driver")
  if (driver === "") return [required(`${at}.driver`)]
  // Capital letters are let through, but not told of when something else is wrong.
  const isFine = dnsSubdomainProblems(driver.toLowerCase()).length === 0
  return isFine ? [] : invalids(`${at}.driver`, driver, dnsSubdomainProblems(driver))
}

const URIS: Readonly<Record<string, string>> = {
  Managed: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}",
  Shared: "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd",
}

const azureDiskErrors = (source: Json, at: string): FieldError[] => {
  const isManaged = source.kind === "Managed"
  const isFit = text(source, "diskURI").startsWith(isManaged ? "/subscriptions/" : "https://")
  return [
    ...needing("diskName", "diskURI")(source, at),
    ...(isFit
      ? []
      : [notSupported(`${at}.diskURI`, text(source, "diskURI"), [URIS[isManaged ? "Managed" : "Shared"] ?? ""])]),
  ]
}

/** What each kind of volume must say, in the order in which upstream looks for them (core/validation validateVolumeSource). */
export const VOLUME_SOURCES: readonly VolumeSource[] = [
  { key: "emptyDir", check: emptyDirErrors },
  { key: "hostPath", check: hostPathErrors },
  { key: "gitRepo", check: needing("repository") },
  { key: "gcePersistentDisk", shown: "persistentDisk", check: needing("pdName") },
  { key: "awsElasticBlockStore", check: needing("volumeID") },
  { key: "secret", check: secretErrors },
  { key: "nfs", check: nfsErrors },
  { key: "iscsi", check: needing("targetPortal", "iqn") },
  { key: "glusterfs", check: needing("endpoints", "path") },
  {
    key: "flocker",
    check: ({ datasetName, datasetUUID }, at) =>
      (datasetName ?? "") === "" && (datasetUUID ?? "") === ""
        ? [required(at, "one of datasetName and datasetUUID is required")]
        : [],
  },
  { key: "persistentVolumeClaim", check: needing("claimName") },
  { key: "rbd", check: needing("monitors", "image") },
  { key: "cinder", check: needing("volumeID") },
  { key: "cephfs", check: needing("monitors") },
  { key: "downwardAPI", check: downwardErrors },
  {
    key: "fc",
    check: ({ targetWWNs, wwids }, at) =>
      (targetWWNs === undefined) === (wwids === undefined)
        ? [required(`${at}.targetWWNs`, "must specify either targetWWNs or wwids, but not both")]
        : [],
  },
  { key: "flexVolume", check: needing("driver") },
  { key: "configMap", check: configMapErrors },
  { key: "azureFile", check: needing("secretName", "shareName") },
  { key: "vsphereVolume", check: needing("volumePath") },
  { key: "photonPersistentDisk", check: needing("pdID") },
  { key: "portworxVolume", check: needing("volumeID") },
  {
    key: "quobyte",
    check: (source, at) => [
      ...(text(source, "registry") === ""
        ? [required(`${at}.registry`, "must be a host:port pair or multiple pairs separated by commas")]
        : []),
      ...needing("volume")(source, at),
    ],
  },
  { key: "azureDisk", check: azureDiskErrors },
  { key: "storageos", check: needing("volumeName") },
  { key: "scaleIO", check: needing("gateway", "system", "volumeName") },
  { key: "projected", check: projectedErrors },
  { key: "csi", check: driverErrors },
  { key: "ephemeral", check: ephemeralErrors },
  { key: "image", check: imageErrors },
]
