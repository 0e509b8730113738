import { objectName, type ResourceType } from "../api/discovery.ts"
import { Failure } from "../failure.ts"
import { goJson, goQuote } from "../go-json.ts"
import type { JsonRecord } from "../json-value.ts"
import { withoutValue } from "../json-value.ts"
import { toYaml } from "../yaml/emit.ts"
import { compileJsonPath } from "./jsonpath.ts"

/** Prints one object (or a List) to text that ends in a line end where kubectl's does. */
export type ObjectPrinter = (object: JsonRecord, type: ResourceType | undefined) => string

const DATA_FORMATS = ["json", "yaml", "name", "jsonpath", "jsonpath-as-json"]
const GET_FORMATS =
  "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml"
const OTHER_FORMATS =
  "go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml"

const noPrinter = (format: string, allowed: string): Failure =>
  new Failure(
    `error: unable to match a printer suitable for the output format ${goQuote(format)}, allowed formats are: ${allowed}`,
  )

export const withoutManagedFields = (object: JsonRecord): JsonRecord => {
  const items = object.items
  return Array.isArray(items)
    ? { ...object, items: items.map((item: JsonRecord) => withoutManagedFields(item)) }
    : withoutValue(object, ["metadata", "managedFields"])
}

const nameOf = (object: JsonRecord, type: ResourceType | undefined): string => {
  const metadata = object.metadata as { readonly name?: string } | undefined
  const name = metadata?.name ?? ""
  if (type) return objectName(type, name)
  const [group, version] = String(object.apiVersion).split("/")
  const kind = String(object.kind).toLowerCase()
  return `${version === undefined ? kind : `${kind}.${group}`}/${name}`
}

/**
 * The printer of `-o FORMAT` for whole objects. `wide`, tables and custom columns are not for here: undefined for an
 * empty format.
 */
export const objectPrinter = (
  format: string,
  options: { readonly showManagedFields: boolean; readonly forGet?: boolean; readonly template?: string },
): ObjectPrinter | undefined => {
  if (format === "") return undefined
  const [kind = "", ...rest] = format.split("=")
  const argument = rest.length > 0 ? rest.join("=") : (options.template ?? "")
  if (!DATA_FORMATS.includes(kind)) throw noPrinter(format, options.forGet ? GET_FORMATS : OTHER_FORMATS)
  const clean = (object: JsonRecord): JsonRecord => (options.showManagedFields ? object : withoutManagedFields(object))
  switch (kind) {
    case "json":
      return (object) => `${goJson(clean(object), 4)}\n`
    case "yaml":
      return (object) => toYaml(clean(object))
    case "name":
      return (object, type) =>
        Array.isArray(object.items)
          ? object.items.map((item: JsonRecord) => `${nameOf(item, undefined)}\n`).join("")
          : `${nameOf(object, type)}\n`
    default: {
      if (argument === "") throw new Failure("error: template format specified but no template given")
      const render = compileJsonPath(argument)
      return (object) => render(clean(object))
    }
  }
}
