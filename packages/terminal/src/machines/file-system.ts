import { err, ok, type Result } from "@pilotage/kube-model"
import type { FileTree } from "../host.ts"
import { nameOf, parentOf, resolvePath } from "./path.ts"

/** Bytes that one file may hold; a loop that appends for ever is stopped here. */
const LARGEST_FILE = 1_048_576

export type FileKind = "file" | "folder"

/** The words after `cat: x: `. */
type FileFailure =
  | "No such file or directory"
  | "Is a directory"
  | "Not a directory"
  | "Read-only file system"
  | "File too large"
  | "File exists"
  | "Directory not empty"

/** A machine's files as programs see them. Paths are absolute and resolved. */
export interface FileSystem {
  readonly kind: (path: string) => FileKind | undefined
  readonly read: (path: string) => Result<string, FileFailure>
  readonly write: (path: string, text: string, append: boolean) => Result<undefined, FileFailure>
  readonly remove: (path: string) => Result<undefined, FileFailure>
  readonly makeFolder: (path: string) => Result<undefined, FileFailure>
  /** Names directly below a folder, sorted. */
  readonly entries: (path: string) => readonly string[]
}

/** A file tree that lives as long as whoever holds it. */
export const createMemoryTree = (): FileTree => {
  const files = new Map<string, string>()
  return {
    read: (path) => files.get(path),
    write: (path, text) => void files.set(path, text),
    remove: (path) => files.delete(path),
    list: () => [...files.keys()],
  }
}

/**
 * `image` is what the machine came with and cannot be changed; `tree` holds what was written. Only paths below one of
 * `writable` take writes: what a container serves comes from its image, and a file that changes nothing would lie.
 */
export const createFileSystem = (
  image: Readonly<Record<string, string>>,
  tree: FileTree,
  writable: readonly string[],
): FileSystem => {
  const madeFolders = new Set<string>(["/", "/dev", ...writable])
  const isWritable = (path: string): boolean => writable.some((top) => top === "/" || path.startsWith(`${top}/`))
  const paths = (): readonly string[] => [...new Set([...Object.keys(image), ...tree.list(), "/dev/null"])]
  const content = (path: string): string | undefined =>
    path === "/dev/null" ? "" : (tree.read(path) ?? (Object.hasOwn(image, path) ? image[path] : undefined))
  const kind = (path: string): FileKind | undefined => {
    if (content(path) !== undefined) return "file"
    if (path === "/") return "folder"
    const isFolder =
      [...madeFolders].some((folder) => folder === path || folder.startsWith(`${path}/`)) ||
      paths().some((file) => file.startsWith(`${path}/`))
    return isFolder ? "folder" : undefined
  }
  const entries = (path: string): readonly string[] => {
    const prefix = path === "/" ? "/" : `${path}/`
    const names = [...paths(), ...madeFolders]
      .filter((file) => file.startsWith(prefix) && file !== prefix)
      .map((file) => file.slice(prefix.length).split("/")[0] ?? "")
    return [...new Set(names)].sort((left, right) => (left < right ? -1 : 1))
  }
  return {
    kind,
    entries,
    read(path) {
      const text = content(path)
      if (text !== undefined) return ok(text)
      return err(kind(path) === "folder" ? "Is a directory" : "No such file or directory")
    },
    write(path, text, append) {
      if (path === "/dev/null") return ok(undefined)
      if (kind(path) === "folder") return err("Is a directory")
      if (kind(parentOf(path)) !== "folder") return err("No such file or directory")
      if (!isWritable(path)) return err("Read-only file system")
      const whole = append ? (content(path) ?? "") + text : text
      if (whole.length > LARGEST_FILE) return err("File too large")
      tree.write(path, whole)
      return ok(undefined)
    },
    remove(path) {
      if (kind(path) === undefined) return err("No such file or directory")
      if (!isWritable(path)) return err("Read-only file system")
      if (tree.remove(path)) return ok(undefined)
      if (kind(path) === "file") return err("Read-only file system")
      if (entries(path).length > 0) return err("Directory not empty")
      madeFolders.delete(path)
      return ok(undefined)
    },
    makeFolder(path) {
      if (kind(path) !== undefined) return err("File exists")
      if (kind(parentOf(path)) !== "folder") return err("No such file or directory")
      if (!isWritable(path)) return err("Read-only file system")
      madeFolders.add(path)
      return ok(undefined)
    },
  }
}

/** A file's text, or the names in a folder: what `kubectl -f` asks for. */
export const readForKubectl = (
  files: FileSystem,
  folder: string,
  path: string,
): string | readonly string[] | undefined => {
  const full = resolvePath(folder, path)
  if (files.kind(full) === "folder") return files.entries(full).filter((name) => nameOf(name) !== "")
  const text = files.read(full)
  return text.ok ? text.value : undefined
}
