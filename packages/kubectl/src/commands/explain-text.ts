import { isRecord, type JsonRecord, text } from "../json-value.ts"
import { descriptionOf, enumOf, fieldsOf, requiredOf, type SchemaDocument, typeName } from "./explain-schema.ts"

/** How `explain` writes what it found (kubectl `explain/v2/templates/plaintext.tmpl`). */

const WIDTH = 76
const SHOWN_VALUES = 4

/** Words are kept whole, however long. */
const wrapLine = (line: string): readonly string[] => {
  const lines: string[] = []
  let current = ""
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > WIDTH) {
      lines.push(current)
      current = word
    } else current = current === "" ? word : `${current} ${word}`
  }
  return [...lines, current]
}

const paragraph = (words: string): string =>
  words
    .split("\n")
    .flatMap(wrapLine)
    .map((line) => `    ${line}\n`)
    .join("")

const valuesLine = (values: readonly string[], indent: string): string => {
  if (values.length === 0) return ""
  const shown = values.slice(0, SHOWN_VALUES).join(", ")
  return `${indent}enum: ${shown}${values.length > SHOWN_VALUES ? ", ...." : ""}\n`
}

const fieldList = (
  document: SchemaDocument,
  schema: JsonRecord,
  options: { readonly recursive: boolean; readonly indent: string; readonly above: readonly JsonRecord[] },
): string => {
  const { recursive, indent, above } = options
  const fields = fieldsOf(document, schema)
  // A type within itself (JSONSchemaProps) is not unfolded again.
  if (above.includes(fields)) return ""
  const required = requiredOf(document, schema)
  return Object.keys(fields)
    .sort()
    .map((name) => {
      const field = fields[name]
      if (!isRecord(field)) return ""
      const mark = required.includes(name) ? " -required-" : ""
      const head = `${indent}${name}\t<${typeName(document, field)}>${mark}\n${valuesLine(enumOf(field), indent)}`
      if (recursive)
        return head + fieldList(document, field, { recursive, indent: `${indent}  `, above: [...above, fields] })
      const described = text(field.description)
      return `${head}${paragraph(described === "" ? "<no description>" : described)}\n`
    })
    .join("")
}

export interface Explained {
  readonly document: SchemaDocument
  readonly schema: JsonRecord
  /** The field that was asked for; undefined: the kind itself. */
  readonly field: string | undefined
  readonly recursive: boolean
}

/** What comes first, whether or not the field is found. */
export const explainHead = (group: string, kind: string, version: string): string =>
  `${group === "" ? "" : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${version}\n\n`

export const explainBody = ({ document, schema, field, recursive }: Explained): string => {
  const values = enumOf(schema)
  const listed = values.length > 0 ? `ENUM:\n${values.map((value) => `    ${value}\n`).join("")}` : "\n"
  const title = field === undefined ? "" : `FIELD: ${field} <${typeName(document, schema)}>\n${listed}\n`
  const described = descriptionOf(document, schema)
  const fields = fieldList(document, schema, { recursive, indent: "  ", above: [] })
  return [
    title,
    `DESCRIPTION:\n${paragraph(described === "" ? "<empty>" : described)}`,
    fields === "" ? "" : `FIELDS:\n${fields}`,
    "\n",
  ].join("")
}
