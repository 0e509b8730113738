import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import type { SourceError } from "./source-error.ts"

interface SourceText {
  /** As the user named it. */
  readonly file: string
  readonly text: string
}

export interface ReadTexts {
  readonly texts: readonly SourceText[]
  readonly errors: readonly SourceError[]
}

const isManifest = (name: string): boolean => /\.(ya?ml|json)$/i.test(name)

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "may not be read by you",
  EISDIR: "is a folder",
}

const unreadable = (file: string, problem: unknown): SourceError => {
  const code = problem instanceof Error && "code" in problem ? String(problem.code) : ""
  return {
    file,
    message: WORDS[code] ?? (problem instanceof Error ? problem.message : String(problem)),
    fix: "Name a YAML or JSON file, a folder that holds some, or - for standard input.",
  }
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isManifest(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const readOne = (from: string, path: string): ReadTexts => {
  try {
    const full = resolve(from, path)
    if (!statSync(full).isDirectory()) return { texts: [{ file: path, text: readFileSync(full, "utf8") }], errors: [] }
    const texts = filesBelow(full).map((file) => ({
      file: join(path, file.slice(full.length + 1)),
      text: readFileSync(file, "utf8"),
    }))
    if (texts.length > 0) return { texts, errors: [] }
    const fix = "Name a folder with .yaml, .yml or .json files."
    return { texts, errors: [{ file: path, message: "the folder holds no YAML or JSON file", fix }] }
  } catch (problem) {
    return { texts: [], errors: [unreadable(path, problem)] }
  }
}

/** The texts behind `-f`: files, folders with all below them in order of names, and standard input. */
export const readFiles = async (
  from: string,
  paths: readonly string[],
  stdin: () => Promise<string>,
): Promise<ReadTexts> => {
  const read: ReadTexts[] = []
  for (const path of paths)
    read.push(
      path === "-" ? { texts: [{ file: "standard input", text: await stdin() }], errors: [] } : readOne(from, path),
    )
  return { texts: read.flatMap((each) => each.texts), errors: read.flatMap((each) => each.errors) }
}
