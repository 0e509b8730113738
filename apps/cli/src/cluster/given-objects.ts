import { err, type KubeObject, ok, type Result } from "@pilotage/kube-model"
import { readFiles } from "../sources/read-files.ts"
import type { SourceError } from "../sources/source-error.ts"
import type { SourceDocument } from "../sources/yaml-documents.ts"

type Json = Readonly<Record<string, unknown>>

/** An object of `-f`, and where it stands. */
export interface GivenObject {
  readonly object: KubeObject
  readonly document: SourceDocument
  readonly path: readonly PropertyKey[]
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

const isKubeObject = (value: unknown): value is KubeObject =>
  isObject(value) &&
  typeof value.apiVersion === "string" &&
  typeof value.kind === "string" &&
  isObject(value.metadata) &&
  typeof value.metadata.name === "string"

/** The error of one object, at its place. */
export const errorOf = ({ object, document, path }: GivenObject, message: string): SourceError => {
  const line = document.lineOf(path)
  return {
    file: document.file,
    ...(line === undefined ? {} : { line }),
    message: `${object.kind} ${object.metadata.name} is refused: ${message}`,
    fix: "Repair it; or start without it, and kubectl apply will say the same.",
  }
}

type Found = Result<GivenObject, SourceError>

const found = (value: unknown, document: SourceDocument, path: readonly PropertyKey[]): readonly Found[] => {
  if (isObject(value) && String(value.kind).endsWith("List") && Array.isArray(value.items))
    return value.items.flatMap((item: unknown, index) => found(item, document, [...path, "items", index]))
  if (isKubeObject(value)) return [ok({ object: value, document, path })]
  const line = document.lineOf(path)
  return [
    err({
      file: document.file,
      ...(line === undefined ? {} : { line }),
      message: "this is no Kubernetes object",
      fix: "Give objects with apiVersion, kind and metadata.name.",
    }),
  ]
}

/** The objects of files, folders and standard input in the order in which kubectl would apply them, or all mistakes. */
export const givenObjects = async (
  folder: string,
  filenames: readonly string[],
  stdin: () => Promise<string>,
): Promise<Result<readonly GivenObject[], readonly SourceError[]>> => {
  if (filenames.length === 0) return ok([])
  // Clusters that begin with nothing need no YAML reader.
  const { textDocuments } = await import("../sources/text-documents.ts")
  const { texts, errors } = await readFiles(folder, filenames, stdin)
  const read = texts.map(({ file, text }) => textDocuments(file, text))
  const all = read.flatMap(({ documents }) => documents).flatMap((document) => found(document.value, document, []))
  const wrong = [
    ...errors,
    ...read.flatMap((each) => each.errors),
    ...all.flatMap((each) => (each.ok ? [] : [each.error])),
  ]
  return wrong.length > 0 ? err(wrong) : ok(all.flatMap((each) => (each.ok ? [each.value] : [])))
}
