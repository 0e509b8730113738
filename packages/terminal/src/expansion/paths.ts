import type { FileSystem } from "../machines/file-system.ts"
import { resolvePath } from "../machines/path.ts"
import { componentMatcher, hasPatternCharacters } from "./pattern.ts"

const withoutEscapes = (pattern: string): string => pattern.replace(/\\(.)/g, "$1")

/** The files that a pattern names, sorted and written as the pattern is (relative stays relative); none: []. */
export const expandPaths = (files: FileSystem, folder: string, pattern: string): readonly string[] => {
  const isAbsolute = pattern.startsWith("/")
  let found: readonly string[] = [isAbsolute ? "/" : ""]
  for (const component of pattern.split("/").filter((part) => part !== "")) {
    const join = (base: string, name: string): string => (base === "" || base === "/" ? base + name : `${base}/${name}`)
    found = found.flatMap((base) => {
      const at = resolvePath(folder, base)
      if (!hasPatternCharacters(component)) {
        const path = join(base, withoutEscapes(component))
        return files.kind(resolvePath(folder, path)) === undefined ? [] : [path]
      }
      if (files.kind(at) !== "folder") return []
      const matches = componentMatcher(component)
      return files
        .entries(at)
        .filter(matches)
        .map((name) => join(base, name))
    })
  }
  return pattern.endsWith("/") ? found.map((path) => `${path}/`) : found
}
