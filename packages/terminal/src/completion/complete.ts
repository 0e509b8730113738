import { complete as completeKubectl } from "@pilotage/kubectl"
import { BUILTIN_NAMES } from "../builtins/table.ts"
import { nameOf, resolvePath } from "../machines/path.ts"
import { programNames } from "../programs/find.ts"
import { kubectlHost } from "../programs/kubectl.ts"
import type { Scope } from "../shell/shell.ts"
import type { Candidates } from "../world.ts"

interface Words {
  /** The words of the last command on the line, the one under the cursor last. */
  readonly words: readonly string[]
  readonly from: number
}

/** Splits at blanks and at what ends a command; quotes keep blanks together. */
const wordsBefore = (line: string, cursor: number): Words => {
  let words: string[] = [""]
  let from = 0
  let quote = ""
  for (let index = 0; index < cursor; index += 1) {
    const character = line[index] ?? ""
    if (quote !== "") {
      if (character === quote) quote = ""
    } else if (character === "'" || character === '"') quote = character
    else if (/[|;&(\n]/.test(character)) {
      words = [""]
      from = index + 1
      continue
    } else if (/[\s<>]/.test(character)) {
      if (words.at(-1) !== "") words.push("")
      from = index + 1
      continue
    }
    words[words.length - 1] += character
  }
  return { words, from }
}

const starting = (names: Iterable<string>, word: string): readonly string[] =>
  [...new Set(names)].filter((name) => name.startsWith(word)).sort()

const completePath = (scope: Scope, word: string): readonly string[] => {
  const { files, home } = scope.shell.station
  const end = word.lastIndexOf("/") + 1
  const shown = word.slice(0, end)
  const folder = resolvePath(
    scope.shell.folder,
    shown.startsWith("~/") ? home + shown.slice(1) : shown === "" ? "." : shown,
  )
  return files
    .entries(folder)
    .filter((name) => name.startsWith(word.slice(end)) && (word.slice(end).startsWith(".") || !name.startsWith(".")))
    .map((name) => `${shown}${name}${files.kind(resolvePath(folder, name)) === "folder" ? "/" : ""}`)
}

const nodeNames = async (scope: Scope): Promise<readonly string[]> =>
  completeKubectl(["get", "nodes", ""], kubectlHost(scope))

/** What Tab offers at the cursor: commands, variables, kubectl's words, nodes after ssh, files. */
export const completeLine = async (scope: Scope, line: string, cursor: number): Promise<Candidates> => {
  const { words, from } = wordsBefore(line, cursor)
  const word = words.at(-1) ?? ""
  const variable = /\$\{?(\w*)$/.exec(word)
  if (variable) {
    const lead = word.slice(0, word.length - (variable[1] ?? "").length)
    const names = starting(scope.shell.variables.keys(), variable[1] ?? "")
    return { from, candidates: names.map((name) => `${lead}${name}${lead.endsWith("{") ? "}" : ""}`) }
  }
  if (words.length === 1 && !word.includes("/")) {
    const names = [
      ...programNames(scope.shell.station),
      ...BUILTIN_NAMES.filter((name) => /^\w/.test(name)),
      ...scope.shell.functions.keys(),
    ]
    return { from, candidates: starting(names, word) }
  }
  const command = nameOf(words[0] ?? "")
  if ((command === "kubectl" || command === "k") && scope.shell.station.isWorkstation) {
    const isFile = /^(-f|--filename|-k)$/.test(words.at(-2) ?? "")
    const candidates = isFile ? [] : await completeKubectl(words.slice(1), kubectlHost(scope))
    if (candidates.length > 0) return { from, candidates }
  }
  if (command === "ssh" && scope.shell.station.isWorkstation)
    return { from, candidates: starting(await nodeNames(scope), word) }
  return { from, candidates: completePath(scope, word) }
}
