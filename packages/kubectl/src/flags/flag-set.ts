import { Failure } from "../failure.ts"
import { goQuote } from "../go-json.ts"
import { parseDuration } from "./duration.ts"

export interface FlagSpec {
  readonly name: string
  readonly short?: string
  /** `list` splits at commas, `array` does not; both may be repeated. Durations are milliseconds. */
  readonly kind: "bool" | "string" | "int" | "list" | "array" | "duration"
  /** The value of `--flag` without `=value`; such a flag never takes the next word (pflag NoOptDefVal). */
  readonly implied?: string
  /** As typed. Absent: false, "", 0, no values. */
  readonly default?: string
}

/** The flags that were given, by name, over their defaults. Asking for a flag that the command lacks is a bug. */
export interface Flags {
  readonly text: (name: string) => string
  readonly bool: (name: string) => boolean
  /** Integers, and durations in milliseconds. */
  readonly number: (name: string) => number
  readonly list: (name: string) => readonly string[]
  readonly changed: (name: string) => boolean
}

export interface ParsedArguments {
  readonly flags: Flags
  /** Words that are no flags, those after `--` too. */
  readonly args: readonly string[]
  /** How many of them came before `--`; undefined without `--`. */
  readonly dash: number | undefined
}

const TRUE = ["1", "t", "T", "TRUE", "true", "True"]
const FALSE = ["0", "f", "F", "FALSE", "false", "False"]

const complaint = (spec: FlagSpec, value: string): string | undefined => {
  switch (spec.kind) {
    case "bool":
      return TRUE.includes(value) || FALSE.includes(value)
        ? undefined
        : `strconv.ParseBool: parsing ${goQuote(value)}: invalid syntax`
    case "int":
      return /^[+-]?\d+$/.test(value) ? undefined : `strconv.ParseInt: parsing ${goQuote(value)}: invalid syntax`
    case "duration":
      return parseDuration(value) === undefined ? `time: invalid duration ${goQuote(value)}` : undefined
    default:
      return undefined
  }
}

const display = (spec: FlagSpec): string => (spec.short ? `-${spec.short}, --${spec.name}` : `--${spec.name}`)

const impliedValue = (spec: FlagSpec): string | undefined => spec.implied ?? (spec.kind === "bool" ? "true" : undefined)

const flagsOf = (specs: readonly FlagSpec[], given: ReadonlyMap<string, readonly string[]>): Flags => {
  const values = (name: string): readonly string[] => {
    const spec = specs.find((each) => each.name === name)
    if (!spec) throw new Error(`no flag --${name} here`)
    return given.get(name) ?? (spec.default === undefined ? [] : [spec.default])
  }
  return {
    text: (name) => values(name).at(-1) ?? "",
    bool: (name) => TRUE.includes(values(name).at(-1) ?? ""),
    number(name) {
      const value = values(name).at(-1) ?? "0"
      return specs.find((each) => each.name === name)?.kind === "duration" ? (parseDuration(value) ?? 0) : Number(value)
    },
    list(name) {
      const split = specs.find((each) => each.name === name)?.kind === "list"
      return split ? values(name).flatMap((value) => (value === "" ? [] : value.split(","))) : values(name)
    },
    changed: (name) => given.has(name),
  }
}

/** Parses words by pflag's grammar. `command` is for the hint below a mistake: `get`, `create service clusterip`. */
export const parseFlags = (words: readonly string[], specs: readonly FlagSpec[], command: string): ParsedArguments => {
  const given = new Map<string, string[]>()
  const args: string[] = []
  let dash: number | undefined
  const fail = (message: string): Failure =>
    new Failure(`error: ${message}\nSee 'kubectl${command === "" ? "" : ` ${command}`} --help' for usage.`)
  const store = (spec: FlagSpec, value: string): void => {
    const problem = complaint(spec, value)
    if (problem) throw fail(`invalid argument ${goQuote(value)} for ${goQuote(display(spec))} flag: ${problem}`)
    given.set(spec.name, [...(given.get(spec.name) ?? []), value])
  }

  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ""
    if (word === "--") {
      dash = args.length
      args.push(...words.slice(index + 1))
      break
    }
    if (word.startsWith("--")) {
      const equals = word.indexOf("=")
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
      const spec = specs.find((each) => each.name === name)
      if (!spec) throw fail(`unknown flag: --${name}`)
      const implied = impliedValue(spec)
      if (equals >= 0) store(spec, word.slice(equals + 1))
      else if (implied !== undefined) store(spec, implied)
      else {
        index += 1
        const next = words[index]
        if (next === undefined) throw fail(`flag needs an argument: --${name}`)
        store(spec, next)
      }
      continue
    }
    if (!word.startsWith("-") || word === "-") {
      args.push(word)
      continue
    }
    for (let rest = word.slice(1); rest !== ""; ) {
      const letter = rest.slice(0, 1)
      const spec = specs.find((each) => each.short === letter)
      if (!spec) throw fail(`unknown shorthand flag: '${letter}' in -${rest}`)
      const implied = impliedValue(spec)
      if (rest.startsWith("=", 1)) {
        store(spec, rest.slice(2))
        rest = ""
      } else if (implied !== undefined) {
        store(spec, implied)
        rest = rest.slice(1)
      } else if (rest.length > 1) {
        store(spec, rest.slice(1))
        rest = ""
      } else {
        index += 1
        const next = words[index]
        if (next === undefined) throw fail(`flag needs an argument: '${letter}' in -${rest}`)
        store(spec, next)
        rest = ""
      }
    }
  }
  return { flags: flagsOf(specs, given), args, dash }
}
