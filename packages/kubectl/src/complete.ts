import { createApi } from "./api/api.ts"
import { type Discovery, discover, findType, pathOf } from "./api/discovery.ts"
import type { Command } from "./command.ts"
import { COMMANDS } from "./commands/index.ts"
import { reportOf } from "./error-messages.ts"
import { GLOBAL_FLAGS } from "./flags/flag-groups.ts"
import type { FlagSpec } from "./flags/flag-set.ts"
import type { KubectlHost } from "./host.ts"
import { at, records, text } from "./json-value.ts"
import { findCommand } from "./program.ts"

const OUTPUTS = ["json", "yaml", "name", "wide", "jsonpath=", "custom-columns="]

interface Line {
  readonly command: Command
  readonly specs: readonly FlagSpec[]
  /** Words before the last that are no flags and no flag's value. */
  readonly args: readonly string[]
  readonly namespace: string
  /** The flag whose value the last word is. */
  readonly pendingFlag: FlagSpec | undefined
}

const flagNamed = (word: string, specs: readonly FlagSpec[]): FlagSpec | undefined =>
  word.startsWith("--")
    ? specs.find((spec) => spec.name === word.slice(2).split("=")[0])
    : specs.find((spec) => spec.short === word.slice(1))

const readLine = (command: Command, words: readonly string[], defaultNamespace: string): Line => {
  const specs = [...(command.flags ?? []), ...GLOBAL_FLAGS]
  const args: string[] = []
  let namespace = defaultNamespace
  let pendingFlag: FlagSpec | undefined
  for (const word of words) {
    if (pendingFlag) {
      if (pendingFlag.name === "namespace") namespace = word
      pendingFlag = undefined
    } else if (word.startsWith("-")) {
      const spec = flagNamed(word, specs)
      if (spec?.name === "namespace" && word.includes("=")) namespace = word.slice(word.indexOf("=") + 1)
      else if (spec && spec.kind !== "bool" && spec.implied === undefined && !word.includes("=")) pendingFlag = spec
    } else args.push(word)
  }
  return { command, specs, args, namespace, pendingFlag }
}

const starting = (candidates: readonly string[], word: string): readonly string[] =>
  [...new Set(candidates)].filter((candidate) => candidate.startsWith(word)).sort()

type Ask = (path: string) => Promise<unknown>

const namesOf = async (
  ask: Ask,
  discovery: Discovery,
  typeWord: string,
  namespace: string,
): Promise<readonly string[]> => {
  const type = findType(discovery, typeWord)
  if (!type) return []
  const list = await ask(pathOf(type, type.namespaced ? namespace : undefined))
  return records(at(list, "items")).map((item) => text(at(item, "metadata", "name")))
}

const containersOf = async (ask: Ask, discovery: Discovery, line: Line): Promise<readonly string[]> => {
  const pods = findType(discovery, "pods")
  const name = line.args[0]?.replace(/^(pods?|po)\//, "")
  if (!pods || !name) return []
  const pod = await ask(pathOf(pods, line.namespace, name))
  return [...records(at(pod, "spec", "initContainers")), ...records(at(pod, "spec", "containers"))].map((each) =>
    text(each.name),
  )
}

const typeNames = (discovery: Discovery): readonly string[] => discovery.types.map((type) => type.plural)

const forArguments = async (ask: Ask, discovery: Discovery, line: Line, word: string): Promise<readonly string[]> => {
  const slash = word.indexOf("/")
  const completes = line.command.completes ?? "nothing"
  if (completes === "nothing") return []
  if (slash > 0 && completes !== "types") {
    const typeWord = word.slice(0, slash)
    return (await namesOf(ask, discovery, typeWord, line.namespace)).map((name) => `${typeWord}/${name}`)
  }
  switch (completes) {
    case "types":
      return typeNames(discovery)
    case "nodes":
      return namesOf(ask, discovery, "nodes", line.namespace)
    case "pods":
      return line.args.length === 0
        ? [...(await namesOf(ask, discovery, "pods", line.namespace)), "deployment/", "service/"]
        : []
    case "deployments":
      return line.args.length === 0 ? ["deployment"] : namesOf(ask, discovery, line.args[0] ?? "", line.namespace)
    default: {
      const [first] = line.args
      if (first === undefined) return typeNames(discovery)
      return first.includes("/") ? [] : namesOf(ask, discovery, first.split(",")[0] ?? "", line.namespace)
    }
  }
}

const forFlag = async (ask: Ask, discovery: Discovery, line: Line, flag: FlagSpec): Promise<readonly string[]> => {
  switch (flag.name) {
    case "namespace":
      return namesOf(ask, discovery, "namespaces", "")
    case "output":
      return OUTPUTS
    case "container":
      return containersOf(ask, discovery, line)
    case "type":
      return line.command.name === "expose"
        ? ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]
        : ["strategic", "merge", "json"]
    default:
      return []
  }
}

/**
 * What the last of `words` (those after `kubectl`; it may be empty) may become: commands, flags, resource types, names,
 * namespaces, containers. Sorted; a server that refuses gives no candidates.
 */
export const complete = async (words: readonly string[], host: KubectlHost): Promise<readonly string[]> => {
  const last = words.at(-1) ?? ""
  const before = words.slice(0, -1)
  const { command, words: rest } = findCommand(before)
  const line = readLine(command ?? { name: "", summary: "" }, rest, host.defaultNamespace)
  if (before.includes("--")) return []
  const children = command ? command.children : COMMANDS
  if (!line.pendingFlag && last.startsWith("-") && !last.includes("="))
    return starting(
      line.specs.map((spec) => `--${spec.name}`),
      last,
    )
  if (children && !line.pendingFlag && !last.startsWith("-"))
    return starting(
      children.map((child) => child.name),
      last,
    )
  const api = createApi(host, () => {}, {})
  const ask: Ask = (path) => api.send("GET", path)
  try {
    const discovery = await discover(api)
    if (line.pendingFlag) return starting(await forFlag(ask, discovery, line, line.pendingFlag), last)
    if (last.startsWith("--")) {
      const equals = last.indexOf("=")
      const flag = flagNamed(last, line.specs)
      if (!flag) return []
      const lead = last.slice(0, equals + 1)
      return starting(
        (await forFlag(ask, discovery, line, flag)).map((value) => lead + value),
        last,
      )
    }
    return starting(await forArguments(ask, discovery, line, last), last)
  } catch (error) {
    if (reportOf(error)) return []
    throw error
  }
}
