import { isNotFound, plainError } from "../failure.ts"
import { goQuote } from "../go-json.ts"
import { at, type JsonRecord, records, text } from "../json-value.ts"
import type { Api } from "./api.ts"

/** One row of `kubectl api-resources`. */
export interface ResourceType {
  /** "" for the core group. */
  readonly group: string
  readonly version: string
  /** `services`. */
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly verbs: readonly string[]
}

export interface Discovery {
  readonly types: readonly ResourceType[]
  /** `v1`, `apps/v1`…: every group and version that the server has. */
  readonly groupVersions: readonly string[]
}

const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

const typeOf = (resource: JsonRecord, group: string, version: string): ResourceType => ({
  group,
  version,
  plural: text(resource.name),
  singular: text(resource.singularName) || text(resource.kind).toLowerCase(),
  kind: text(resource.kind),
  namespaced: resource.namespaced === true,
  shortNames: strings(resource.shortNames),
  categories: strings(resource.categories),
  verbs: strings(resource.verbs),
})

const versionTypes = async (api: Api, path: string, group: string, version: string): Promise<ResourceType[]> => {
  const list = await api.send("GET", path)
  return records(at(list, "resources"))
    .filter((resource) => !text(resource.name).includes("/"))
    .map((resource) => typeOf(resource, group, version))
}

/** Asks the server what it serves: /api, /apis and each group's version. */
export const discover = async (api: Api): Promise<Discovery> => {
  const core = await api.send("GET", "/api")
  const groups = await api.send("GET", "/apis").catch((error: unknown) => {
    if (isNotFound(error)) return {}
    throw error
  })
  const types: ResourceType[] = []
  const groupVersions: string[] = []
  for (const version of strings(at(core, "versions"))) {
    groupVersions.push(version)
    types.push(...(await versionTypes(api, `/api/${version}`, "", version)))
  }
  for (const group of records(at(groups, "groups"))) {
    const preferred = text(at(group, "preferredVersion", "version"))
    const versions = records(group.versions).map((each) => text(each.version))
    for (const version of [preferred, ...versions.filter((each) => each !== preferred)]) {
      if (version === "") continue
      const name = text(group.name)
      groupVersions.push(`${name}/${version}`)
      types.push(...(await versionTypes(api, `/apis/${name}/${version}`, name, version)))
    }
  }
  return { types, groupVersions }
}

/** Finds `svc`, `services`, `service`, `Service`, `deployments.apps`, `deployments.v1.apps`; undefined when none fits. */
export const findType = (discovery: Discovery, word: string): ResourceType | undefined => {
  const [name = "", ...rest] = word.toLowerCase().split(".")
  const suffix = rest.join(".")
  const inGroup = discovery.types.filter(
    (type) =>
      suffix === "" ||
      suffix === type.group ||
      suffix === `${type.version}.${type.group}` ||
      (suffix === type.version && type.group === ""),
  )
  return (
    inGroup.find((type) => type.plural === name) ??
    inGroup.find((type) => type.singular === name || type.kind.toLowerCase() === name) ??
    inGroup.find((type) => type.shortNames.includes(name))
  )
}

export const requireType = (discovery: Discovery, word: string): ResourceType => {
  const type = findType(discovery, word)
  if (!type) throw plainError(`the server doesn't have a resource type ${goQuote(word)}`)
  return type
}

export const typeOfKind = (discovery: Discovery, apiVersion: string, kind: string): ResourceType | undefined =>
  discovery.types.find((type) => type.kind === kind && groupVersionOf(type) === apiVersion)

/** `v1`, `apps/v1`. */
export const groupVersionOf = (type: ResourceType): string =>
  type.group === "" ? type.version : `${type.group}/${type.version}`

/** `services`, `deployments.apps`. */
export const groupResource = (type: ResourceType): string =>
  type.group === "" ? type.plural : `${type.plural}.${type.group}`

/** `service/web`, `deployment.apps/web`: how kubectl names an object in its messages. */
export const objectName = (type: ResourceType, name: string): string => `${kindName(type)}/${name}`

/** `service`, `deployment.apps`. */
export const kindName = (type: ResourceType): string =>
  type.group === "" ? type.kind.toLowerCase() : `${type.kind.toLowerCase()}.${type.group}`

/** The request path of a collection, or of one object with `name`. No namespace: all of them. */
export const pathOf = (
  type: ResourceType,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string => {
  const root = type.group === "" ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`
  const scope = type.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ""
  const object = name === undefined ? "" : `/${encodeURIComponent(name)}`
  return `${root}${scope}/${type.plural}${object}${subresource === undefined ? "" : `/${subresource}`}`
}
