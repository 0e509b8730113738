import { findType, groupVersionOf, type ResourceType } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { Failure, plainError } from "../failure.ts"
import { OUTPUT } from "../flags/flag-groups.ts"
import { goQuote } from "../go-json.ts"
import { at, isRecord, type JsonRecord, text } from "../json-value.ts"
import type { Session } from "../session.ts"
import { fieldsOf, type SchemaDocument, schemaDocument } from "./explain-schema.ts"
import { explainBody, explainHead } from "./explain-text.ts"

/** Servers send OpenAPI documents as text. */
const parsed = (body: unknown): unknown => (typeof body === "string" ? JSON.parse(body) : body)

const documentOf = async (session: Session, groupVersion: string): Promise<SchemaDocument | undefined> => {
  const index = parsed(await session.api.send("GET", "/openapi/v3"))
  const key = groupVersion.includes("/") ? `apis/${groupVersion}` : `api/${groupVersion}`
  const url = text(at(index, "paths", key, "serverRelativeURL"))
  return url === "" ? undefined : schemaDocument(parsed(await session.api.send("GET", url)))
}

const typeIn = async (session: Session, word: string, apiVersion: string): Promise<ResourceType> => {
  const discovery = await session.discovery()
  const type = findType(discovery, word)
  if (!type) throw new Failure(`the server doesn't have a resource type ${goQuote(word)}`)
  if (apiVersion === "" || apiVersion === groupVersionOf(type)) return type
  const wanted = discovery.types.find((each) => each.plural === type.plural && groupVersionOf(each) === apiVersion)
  if (!wanted) throw notInSchema(type, apiVersion)
  return wanted
}

const notInSchema = ({ plural }: ResourceType, apiVersion: string): Failure =>
  plainError(`GVR (${apiVersion}, Resource=${plural}) not found in OpenAPI schema`)

/** The schema at the end of a path of fields; undefined when there is no such field. */
const schemaAt = (document: SchemaDocument, root: JsonRecord, path: readonly string[]): JsonRecord | undefined => {
  let schema: JsonRecord | undefined = root
  for (const name of path) {
    const field: unknown = schema === undefined ? undefined : at(fieldsOf(document, schema), name)
    schema = isRecord(field) ? field : undefined
  }
  return schema
}

export const explain: Command = {
  name: "explain",
  summary: "Describe the fields of a type of object",
  usage: "TYPE[.FIELD...] [--recursive] [--api-version=GROUP/VERSION]",
  flags: [
    { ...OUTPUT, default: "plaintext" },
    { name: "recursive", kind: "bool" },
    { name: "api-version", kind: "string" },
  ],
  completes: "types",
  async run(session) {
    const { args, flags } = session
    const [word] = args
    if (word === undefined)
      throw plainError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    if (args.length > 1) throw plainError("We accept only this format: explain RESOURCE")
    const [resource = "", ...path] = word.replace(/\.$/, "").split(".")
    if (path.includes("")) throw plainError("invalid jsonpath syntax, first node must be field node")
    const type = await typeIn(session, resource, flags.text("api-version"))
    if (flags.text("output") !== "plaintext") throw plainError(`unrecognized format: ${flags.text("output")}`)
    const document = await documentOf(session, groupVersionOf(type))
    const root = document?.ofKind(type.group, type.version, type.kind)
    if (!document || !root) throw notInSchema(type, groupVersionOf(type))
    session.io.stdout(explainHead(type.group, type.kind, type.version))
    const schema = schemaAt(document, root, path)
    const field = path.at(-1)
    if (!schema) throw plainError(`field ${goQuote(field ?? "")} does not exist`)
    session.io.stdout(explainBody({ document, schema, field, recursive: flags.bool("recursive") }))
    return 0
  },
}
