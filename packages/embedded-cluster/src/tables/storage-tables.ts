import type { KubeObject } from "@pilotage/kube-model"
import { child, type Json, text } from "../api/json-object.ts"
import { since } from "./cell-text.ts"
import { ageColumn, column, nameColumn, type Printer, wide } from "./column.ts"
import { specOf, statusOf } from "./workload-cells.ts"

const UNSET = "<unset>"
const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class"
const SHORT: Readonly<Record<string, string>> = {
  ReadWriteOnce: "RWO",
  ReadOnlyMany: "ROX",
  ReadWriteMany: "RWX",
  ReadWriteOncePod: "RWOP",
}

/** Each mode once, always in the same order. */
const modesCell = (modes: unknown): string =>
  Object.entries(SHORT)
    .flatMap(([mode, short]) => (Array.isArray(modes) && modes.includes(mode) ? [short] : []))
    .join(",")

const storageCell = (holder: Json): string => String(child(holder, "capacity").storage ?? "0")

/** The annotation came before the field and still counts. */
const classCell = (object: KubeObject): string =>
  object.metadata.annotations?.[CLASS_ANNOTATION] ?? text(specOf(object), "storageClassName")

const phaseCell = (object: KubeObject): string =>
  object.metadata.deletionTimestamp ? "Terminating" : text(statusOf(object), "phase")

const classColumn = column("StorageClass", "Class that the storage is of.")
const attributesColumn = column("VolumeAttributesClass", "Class of attributes that can change.")
const modeColumn = column("VolumeMode", "Filesystem or Block.", wide)

export const persistentVolumePrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Capacity", "Size of the volume."),
    column("Access Modes", "From how many nodes it may be used, and how."),
    column("Reclaim Policy", "What becomes of it when its claim goes."),
    column("Status", "Whether it is bound."),
    column("Claim", "Claim that it is bound to."),
    classColumn,
    attributesColumn,
    column("Reason", "Why it is in this state."),
    ageColumn,
    modeColumn,
  ],
  cells: (volume, { now }) => {
    const spec = specOf(volume)
    const claim = child(spec, "claimRef")
    return [
      volume.metadata.name,
      storageCell(spec),
      modesCell(spec.accessModes),
      text(spec, "persistentVolumeReclaimPolicy"),
      phaseCell(volume),
      spec.claimRef ? `${text(claim, "namespace")}/${text(claim, "name")}` : "",
      classCell(volume),
      text(spec, "volumeAttributesClassName") || UNSET,
      text(statusOf(volume), "reason"),
      since(volume.metadata.creationTimestamp, now),
      text(spec, "volumeMode") || UNSET,
    ]
  },
}

export const persistentVolumeClaimPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Status", "Whether it has a volume."),
    column("Volume", "The volume that it has."),
    column("Capacity", "Size of the volume."),
    column("Access Modes", "From how many nodes it may be used, and how."),
    classColumn,
    attributesColumn,
    ageColumn,
    modeColumn,
  ],
  cells: (claim, { now }) => {
    const [spec, status] = [specOf(claim), statusOf(claim)]
    const volume = text(spec, "volumeName")
    return [
      claim.metadata.name,
      phaseCell(claim),
      volume,
      volume === "" ? "" : storageCell(status),
      volume === "" ? "" : modesCell(status.accessModes),
      classCell(claim),
      text(spec, "volumeAttributesClassName") || UNSET,
      since(claim.metadata.creationTimestamp, now),
      text(spec, "volumeMode") || UNSET,
    ]
  },
}

const DEFAULT_ANNOTATIONS = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
]

export const storageClassPrinter: Printer<KubeObject> = {
  columns: [
    nameColumn,
    column("Provisioner", "Who makes volumes of this class."),
    column("ReclaimPolicy", "What becomes of a volume when its claim goes."),
    column("VolumeBindingMode", "When a volume is made."),
    column("AllowVolumeExpansion", "Whether claims may grow."),
    ageColumn,
  ],
  cells: (object, { now }) => {
    const isDefault = DEFAULT_ANNOTATIONS.some((key) => object.metadata.annotations?.[key] === "true")
    return [
      `${object.metadata.name}${isDefault ? " (default)" : ""}`,
      text(object, "provisioner"),
      text(object, "reclaimPolicy") || "Delete",
      text(object, "volumeBindingMode") || "Immediate",
      object.allowVolumeExpansion === true,
      since(object.metadata.creationTimestamp, now),
    ]
  },
}
