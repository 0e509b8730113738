import { formatTime, type KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, notSupported, required } from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { dnsLabelProblems } from "../names.ts"
import type { Strategy } from "../strategy.ts"
import type { Structural } from "./structural.ts"

const SCOPES = ["Cluster", "Namespaced"]

/** `properties[a].type`: fields whose schema does not say what they are (structural schemas, KEP 1044). */
const typeErrors = (schema: Structural, at: string, isRoot = false): readonly FieldError[] => {
  const type = text(schema, "type")
  const isOpen =
    schema["x-kubernetes-int-or-string"] === true || schema["x-kubernetes-preserve-unknown-fields"] === true
  const errors: FieldError[] = []
  if (isRoot && type === "") errors.push(required(`${at}.type`, "must not be empty at the root"))
  else if (isRoot && type !== "object") errors.push(invalid(`${at}.type`, type, "must be object at the root"))
  else if (!isRoot && type === "" && !isOpen)
    errors.push(
      required(
        `${at}.type`,
        at.endsWith(".items")
          ? "must not be empty for specified array items"
          : "must not be empty for specified object fields",
      ),
    )
  const properties = Object.entries(child(schema, "properties"))
  return [
    ...errors,
    ...errorsOfEach(properties, ([key, of]) => (isJson(of) ? typeErrors(of, `${at}.properties[${key}]`) : [])),
    ...(isJson(schema.items) ? typeErrors(schema.items, `${at}.items`) : []),
    ...(isJson(schema.additionalProperties)
      ? typeErrors(schema.additionalProperties, `${at}.additionalProperties`)
      : []),
  ]
}

/** A version as a Go server prints it, whose errors show its internal types. */
const printed = (version: Json): Json => ({
  Name: text(version, "name"),
  Served: version.served === true,
  Storage: version.storage === true,
  Deprecated: version.deprecated === true,
  DeprecationWarning: version.deprecationWarning ?? null,
  Schema: null,
  Subresources: null,
  AdditionalPrinterColumns: null,
  SelectableFields: null,
})

const versionErrors = (versions: readonly Json[]): readonly FieldError[] => {
  const at = versions.length === 1 ? "spec.validation" : undefined
  const errors = errorsOfEach(versions, (version, index): readonly FieldError[] => {
    const place = `spec.versions[${index}]`
    const schema = child(version, "schema").openAPIV3Schema
    return [
      ...dnsLabelProblems(text(version, "name")).map((each) => invalid(`${place}.name`, text(version, "name"), each)),
      ...(isJson(schema)
        ? typeErrors(schema, `${at ?? `${place}.schema`}.openAPIV3Schema`, true)
        : [required(`${place}.schema.openAPIV3Schema`)]),
    ]
  })
  return versions.filter(({ storage }) => storage === true).length === 1
    ? errors
    : [
        invalid("spec.versions", versions.map(printed), "must have exactly one version marked as storage version"),
        invalid("status.storedVersions", null, "must have at least one stored version"),
      ]
}

/** apiextensions-apiserver `pkg/apis/apiextensions/validation`, the rules that definitions break most. */
const definitionErrors = (object: KubeObject): readonly FieldError[] => {
  const spec = child(object, "spec")
  const names = child(spec, "names")
  const [group, plural, kind, scope] = [
    text(spec, "group"),
    text(names, "plural"),
    text(names, "kind"),
    text(spec, "scope"),
  ]
  const { name } = object.metadata
  return [
    ...(name === `${plural}.${group}`
      ? []
      : [invalid("metadata.name", name, 'must be spec.names.plural+"."+spec.group')]),
    ...(group === "" ? [required("spec.group")] : []),
    ...(group !== "" && !group.includes(".")
      ? [invalid("spec.group", group, "should be a domain with at least one dot")]
      : []),
    ...(scope === ""
      ? [required("spec.scope")]
      : SCOPES.includes(scope)
        ? []
        : [notSupported("spec.scope", scope, SCOPES)]),
    ...(plural === "" ? [required("spec.names.plural")] : []),
    ...(kind === "" ? [required("spec.names.kind")] : []),
    ...versionErrors(children(spec, "versions")),
  ]
}

const IMMUTABLE = "field is immutable"

const changeErrors = (object: KubeObject, old: KubeObject): readonly FieldError[] => {
  const [next, before] = [child(object, "spec"), child(old, "spec")]
  return ["group", "scope"]
    .filter((key) => next[key] !== before[key])
    .map((key) => invalid(`spec.${key}`, next[key], IMMUTABLE))
}

const defaults = (object: KubeObject): KubeObject => {
  const spec = child(object, "spec")
  const names = child(spec, "names")
  const kind = text(names, "kind")
  const filled = {
    ...names,
    listKind: text(names, "listKind") || `${kind}List`,
    singular: text(names, "singular") || kind.toLowerCase(),
  }
  return { ...object, spec: { ...spec, names: filled, conversion: spec.conversion ?? { strategy: "None" } } }
}

const condition = (type: string, reason: string, message: string, now: number): Json => ({
  type,
  status: "True",
  lastTransitionTime: formatTime(now),
  reason,
  message,
})

const storageOf = (object: KubeObject): string =>
  text(
    children(child(object, "spec"), "versions").find(({ storage }) => storage === true),
    "name",
  )

/** Its names are accepted and its resources served as soon as it is stored; no other definition can have its name. */
const established = (object: KubeObject, now: number): KubeObject => ({
  ...object,
  status: {
    conditions: [
      condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
      condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now),
    ],
    acceptedNames: child(child(object, "spec"), "names"),
    storedVersions: [storageOf(object)],
  },
})

const kept = (object: KubeObject, old: KubeObject): KubeObject => {
  const status = child(old, "status")
  const stored = Array.isArray(status.storedVersions) ? status.storedVersions : []
  const storage = storageOf(object)
  return {
    ...object,
    status: {
      ...status,
      acceptedNames: child(child(object, "spec"), "names"),
      storedVersions: stored.includes(storage) ? stored : [...stored, storage],
    },
  }
}

export const definitionStrategy: Strategy = {
  defaults,
  prepareCreate: (object, { now }) => established(object, now),
  prepareUpdate: kept,
  ownsStatus: true,
  validate: definitionErrors,
  validateUpdate: changeErrors,
}
