import { type ResourceType, typeOfKind } from "../api/discovery.ts"
import { Failure, plainError } from "../failure.ts"
import { goQuote } from "../go-json.ts"
import { at, isRecord, type JsonRecord, records, text, withValue } from "../json-value.ts"
import type { Session } from "../session.ts"
import { parseManifest } from "../yaml/parse.ts"
import type { Target } from "./arguments.ts"

/** An object that a file describes, with its place in the API. */
export interface FileObject {
  readonly type: ResourceType
  readonly object: JsonRecord
  /** As kubectl names it in messages: the path given, `STDIN`. */
  readonly source: string
  readonly namespace: string | undefined
  readonly name: string
}

export interface FileObjects {
  readonly objects: readonly FileObject[]
  readonly errors: readonly unknown[]
}

const readAll = async (session: Session): Promise<string> => {
  let all = ""
  for await (const chunk of session.io.stdin) {
    all += chunk
    session.checkInterrupt()
  }
  session.checkInterrupt()
  return all
}

interface SourceText {
  readonly source: string
  readonly text: string
}

const MANIFEST = /\.(json|yaml|yml)$/

const readPath = (session: Session, path: string, recursive: boolean, explicit: boolean): readonly SourceText[] => {
  const found = session.host.readFile(path)
  if (found === undefined) {
    if (explicit) throw plainError(`the path ${goQuote(path)} does not exist`)
    return []
  }
  if (typeof found === "string") return explicit || MANIFEST.test(path) ? [{ source: path, text: found }] : []
  const folder = path.replace(/\/+$/, "").replace(/^\.$/, "")
  return [...found].sort().flatMap((name) => {
    const child = folder === "" && path !== "/" ? name : `${folder}/${name}`
    const isFolder = Array.isArray(session.host.readFile(child))
    return isFolder && !recursive ? [] : readPath(session, child, recursive, false)
  })
}

const sourcesOf = async (session: Session): Promise<readonly SourceText[]> => {
  const paths = session.flags.list("filename")
  if (session.flags.text("kustomize") !== "") throw plainError("this kubectl has no kustomize: use -f")
  const sources: SourceText[] = []
  for (const path of paths) {
    if (path === "-") sources.push({ source: "STDIN", text: await readAll(session) })
    else if (/^https?:\/\//.test(path)) {
      const host = path.replace(/^https?:\/\//, "").replace(/[:/].*$/, "")
      throw new Failure(`error: unable to read URL ${goQuote(path)}: dial tcp: lookup ${host}: no such host`)
    } else {
      const found = readPath(session, path, session.flags.bool("recursive"), true)
      if (found.length === 0)
        throw plainError(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`)
      sources.push(...found)
    }
  }
  return sources
}

const flatten = (document: JsonRecord): readonly JsonRecord[] =>
  Array.isArray(document.items) && text(document.kind).endsWith("List") ? records(document.items) : [document]

const validationError = (source: string, problem: string): Failure =>
  plainError(
    `error validating ${goQuote(source)}: error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`,
  )

const place = async (session: Session, document: JsonRecord, source: string): Promise<FileObject> => {
  const problems = [
    ...(text(document.apiVersion) === "" ? ["apiVersion not set"] : []),
    ...(text(document.kind) === "" ? ["kind not set"] : []),
  ]
  if (problems.length > 0)
    throw validationError(source, problems.length > 1 ? `[${problems.join(", ")}]` : (problems[0] ?? ""))
  const name = text(at(document, "metadata", "name"))
  const own = text(at(document, "metadata", "namespace"))
  const type = typeOfKind(await session.discovery(), text(document.apiVersion), text(document.kind))
  if (!type)
    throw new Failure(
      `error: resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(own)} from ${goQuote(source)}: ` +
        `no matches for kind ${goQuote(text(document.kind))} in version ${goQuote(text(document.apiVersion))}\nensure CRDs are installed first`,
    )
  if (!type.namespaced) return { type, object: document, source, namespace: undefined, name }
  if (session.namespaceGiven && own !== "" && own !== session.namespace)
    throw plainError(
      `the namespace from the provided object ${goQuote(own)} does not match the namespace ${goQuote(session.namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    )
  const namespace = own || session.namespace
  return { type, object: withValue(document, ["metadata", "namespace"], namespace), source, namespace, name }
}

/** Everything that -f names. Mistakes in one document do not hide the others. */
export const readObjects = async (session: Session): Promise<FileObjects> => {
  const objects: FileObject[] = []
  const errors: unknown[] = []
  for (const { source, text: content } of await sourcesOf(session)) {
    const parsed = parseManifest(content)
    for (const document of parsed.documents.flatMap(flatten))
      await place(session, isRecord(document) ? document : {}, source).then(
        (object) => objects.push(object),
        (error: unknown) => errors.push(error),
      )
    if (!parsed.ok) errors.push(plainError(`error parsing ${source}: ${parsed.message}`))
  }
  return { objects, errors }
}

/** The objects of -f as targets on the server. */
export const fileTargets = async (session: Session): Promise<readonly Target[]> => {
  const { objects, errors } = await readObjects(session)
  if (errors.length > 0) throw errors[0]
  return objects.map(({ type, namespace, name }) => ({ type, namespace, name }))
}
