import type { KubeObject, PodTemplateSpec } from "@pilotage/kube-model"
import { child, type Json } from "../api/json-object.ts"
import { column, wide } from "./column.ts"

/** Kinds whose objects have no type of their own yet are read field by field. */
export const specOf = (object: KubeObject): Json => child(object, "spec")
export const statusOf = (object: KubeObject): Json => child(object, "status")

/** A number that may be left out when it is 0. */
export const count = (object: Json, key: string): number => Number(object[key] ?? 0)

export const templateOf = (spec: Json): PodTemplateSpec | undefined => spec.template as PodTemplateSpec | undefined

export const containersColumn = column("Containers", "Names of the containers in the template.", wide)
export const imagesColumn = column("Images", "Images of the containers in the template.", wide)
export const selectorColumn = column("Selector", "Labels of the pods that belong to the object.", wide)
