import type { KubeObject } from "@pilotage/kube-model"
import type { ResourceName } from "../../store-types.ts"
import type { Printer } from "../../tables/column.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { toBase64 } from "../reading/base64-text.ts"
import type { Conversion, ResourceInfo } from "../resources/resource-info.ts"
import type { Strategy } from "../strategy.ts"
import { textHash } from "../text-hash.ts"
import { remembered } from "../versions/remembered.ts"
import { customPrinter } from "./custom-printer.ts"
import { customStrategy } from "./custom-strategy.ts"
import { parsePath } from "./json-path.ts"
import type { Structural } from "./structural.ts"

/** What is particular to a version of a custom resource. */
export interface CustomVersion {
  readonly schema: Structural
  readonly strategy: Strategy
  readonly printer: Printer<KubeObject>
  readonly listKind: string
  /** `spec.replicas`, as paths of keys; absent: it cannot be scaled. */
  readonly scale?: {
    readonly specReplicas: readonly string[]
    readonly statusReplicas: readonly string[]
    readonly selector: readonly string[]
  }
}

const texts = (object: Json, key: string): readonly string[] =>
  Array.isArray(object[key]) ? object[key].map(String) : []

const keysOf = (path: string): readonly string[] => path.split(".").filter((key) => key !== "")

const scaleOf = (version: Json): CustomVersion["scale"] => {
  const scale = child(version, "subresources").scale
  return isJson(scale)
    ? {
        specReplicas: keysOf(text(scale, "specReplicasPath")),
        statusReplicas: keysOf(text(scale, "statusReplicasPath")),
        selector: keysOf(text(scale, "labelSelectorPath")),
      }
    : undefined
}

const atVersion =
  (apiVersion: string) =>
  (object: KubeObject): KubeObject =>
    object.apiVersion === apiVersion ? object : { ...object, apiVersion }

/** The strategy None: versions differ in nothing but their name. */
const conversionOf = (group: string, version: string, storage: string): Conversion => ({
  toStored: atVersion(`${group}/${storage}`),
  fromStored: remembered(atVersion(`${group}/${version}`)),
})

const HASH_BYTES = 8

const storageHash = (name: string): string => {
  const pairs = textHash(name).match(/../g) ?? []
  const bytes = pairs.slice(0, HASH_BYTES).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  return `${toBase64(bytes.join("")).replaceAll("-", "+").replaceAll("_", "/")}=`
}

/** Where objects of a custom resource are stored. No name of the server's own resources has a dot. */
export const storedUnder = (plural: string, group: string): ResourceName => `${plural}.${group}` as ResourceName

const warningOf = (version: Json, apiVersion: string, kind: string): string | undefined =>
  version.deprecated === true ? text(version, "deprecationWarning") || `${apiVersion} ${kind} is deprecated` : undefined

/** The versions of a custom resource that are served (apiextensions-apiserver `pkg/apiserver/customresource_discovery`). */
export const versionsOf = (definition: KubeObject): readonly ResourceInfo[] => {
  const spec = child(definition, "spec")
  const names = child(spec, "names")
  const [group, kind, plural] = [text(spec, "group"), text(names, "kind"), text(names, "plural")]
  const all = children(spec, "versions")
  const storage = text(
    all.find((version) => version.storage === true),
    "name",
  )
  return all
    .filter((version) => version.served === true)
    .map((version) => {
      const name = text(version, "name")
      const schema = child(child(version, "schema"), "openAPIV3Schema")
      const { status } = child(version, "subresources")
      const scale = scaleOf(version)
      const deprecation = warningOf(version, `${group}/${name}`, kind)
      const selectable = children(version, "selectableFields").map((field) => text(field, "jsonPath"))
      return {
        resource: plural,
        singular: text(names, "singular") || kind.toLowerCase(),
        kind,
        group,
        version: name,
        namespaced: spec.scope === "Namespaced",
        shortNames: texts(names, "shortNames"),
        categories: texts(names, "categories"),
        subresources: [...(status === undefined ? [] : ["status"]), ...(scale ? ["scale"] : [])],
        deleteCollection: true,
        createOnly: false,
        readOnly: false,
        stored: storedUnder(plural, group),
        storageVersionHash: storageHash(`${group}/${storage}/${kind}`),
        ...(all.length > 1 ? { conversion: conversionOf(group, name, storage) } : {}),
        custom: {
          schema,
          strategy: customStrategy({
            schema,
            hasStatus: status !== undefined,
            selectable: selectable.flatMap((path) => {
              const steps = parsePath(path)
              return steps ? [[path.replace(/^\./, ""), steps] as const] : []
            }),
            ...(deprecation === undefined ? {} : { deprecation }),
          }),
          printer: customPrinter(children(version, "additionalPrinterColumns")),
          listKind: text(names, "listKind") || `${kind}List`,
          ...(scale ? { scale } : {}),
        },
      }
    })
}
