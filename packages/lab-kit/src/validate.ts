import { err, ok, type Result } from "@pilotage/kube-model"
import { z } from "zod"
import type { LabError } from "./lab.ts"
import { readYaml, type YamlSource } from "./yaml-source.ts"

/** `tasks[0].checks[2].url` */
const writePath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  )

/** An error at a path of a YAML document. */
export const errorAt = (source: YamlSource, path: readonly PropertyKey[], message: string, fix: string): LabError => ({
  file: source.file,
  path: writePath(path),
  ...source.at(path),
  message,
  fix,
})

const describedAt = (schema: unknown, path: readonly PropertyKey[]): string | undefined => {
  const [key, ...rest] = path
  if (typeof schema !== "object" || schema === null) return undefined
  const own: {
    description?: string
    properties?: Record<string, unknown>
    items?: unknown
    anyOf?: unknown[]
    oneOf?: unknown[]
  } = schema
  if (key === undefined) return own.description
  const next = typeof key === "number" ? own.items : own.properties?.[String(key)]
  if (next !== undefined) return describedAt(next, rest)
  for (const branch of [...(own.anyOf ?? []), ...(own.oneOf ?? [])]) {
    const found = describedAt(branch, path)
    if (found) return found
  }
  return undefined
}

const fixFor = (schema: z.ZodType, path: readonly PropertyKey[]): string => {
  const described = describedAt(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), path)
  const name = path.length === 0 ? "the file" : `\`${String(path[path.length - 1])}\``
  return described ? `${name}: ${described}` : `Change ${name} as docs/authoring-labs.md says.`
}

const flatten = (issue: z.core.$ZodIssue): readonly { path: readonly PropertyKey[]; message: string }[] => {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `there is no field \`${key}\` here` }))
  if (issue.code === "invalid_type" && issue.input === undefined)
    return [{ path: issue.path, message: `\`${String(issue.path[issue.path.length - 1] ?? "the file")}\` is missing` }]
  return [{ path: issue.path, message: issue.message }]
}

/** Checks a document against a schema. Every problem is named at its line, with the field's description as the way out. */
export const validate = <S extends z.ZodType>(
  schema: S,
  source: YamlSource,
): Result<z.output<S>, readonly LabError[]> => {
  const parsed = schema.safeParse(source.value, { reportInput: true })
  if (parsed.success) return ok(parsed.data)
  return err(
    parsed.error.issues
      .flatMap(flatten)
      .map((issue) => errorAt(source, issue.path, issue.message, fixFor(schema, issue.path))),
  )
}

/** Reads a file that holds exactly one YAML document of a schema. */
export const readOne = <S extends z.ZodType>(
  schema: S,
  file: string,
  text: string | undefined,
): Result<{ readonly value: z.output<S>; readonly source: YamlSource }, readonly LabError[]> => {
  const whole = (message: string, fix: string): LabError => ({ file, path: "", line: 0, column: 0, message, fix })
  if (text === undefined) return err([whole("the file is missing", `Add ${file}; docs/authoring-labs.md shows one.`)])
  const { documents, errors } = readYaml(file, text)
  if (errors.length > 0) return err(errors)
  const [source, second] = documents
  if (!source) return err([whole("the file is empty", `Write ${file}; docs/authoring-labs.md shows one.`)])
  if (second) return err([errorAt(second, [], "there is a second document", "Keep one document in this file.")])
  const valid = validate(schema, source)
  return valid.ok ? ok({ value: valid.value, source }) : valid
}
