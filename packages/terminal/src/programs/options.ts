import { err, ok, type Result } from "@pilotage/kube-model"

/** The options that a program knows. */
export interface OptionSpec {
  /** Letters without a value. */
  readonly flags?: string
  /** Letters with a value. */
  readonly values?: string
  /** Long names and what they are short for; a name of its own stands for itself. */
  readonly long?: Readonly<Record<string, string>>
  /** Long names (their short form) that take a value although they have no letter. */
  readonly longValues?: readonly string[]
  /** Options end at the first operand, as for `env`, `xargs`, `watch`. */
  readonly leading?: boolean
  /** `-20` for `-n 20`: the letter that it is short for. */
  readonly number?: string
}

export interface Options {
  readonly has: (key: string) => boolean
  /** The last value given. */
  readonly value: (key: string) => string | undefined
  readonly values: (key: string) => readonly string[]
  readonly operands: readonly string[]
}

/** getopt_long(3). The error is its words, without the program's name. */
export const parseOptions = (args: readonly string[], spec: OptionSpec): Result<Options, string> => {
  const given = new Map<string, string[]>()
  const operands: string[] = []
  const add = (key: string, value: string): void => void given.set(key, [...(given.get(key) ?? []), value])
  const takesValue = (key: string): boolean =>
    (key.length === 1 && spec.values?.includes(key) === true) || spec.longValues?.includes(key) === true
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ""
    if (arg === "--") {
      operands.push(...args.slice(index + 1))
      break
    }
    if (arg === "-" || !arg.startsWith("-")) {
      operands.push(arg)
      if (!spec.leading) continue
      operands.push(...args.slice(index + 1))
      break
    }
    if (arg.startsWith("--")) {
      const [name = "", ...rest] = arg.slice(2).split("=")
      const key = spec.long && Object.hasOwn(spec.long, name) ? spec.long[name] : undefined
      if (key === undefined) return err(`unrecognized option '--${name}'`)
      if (!takesValue(key)) add(key, "")
      else if (arg.includes("=")) add(key, rest.join("="))
      else if (index + 1 < args.length) {
        index += 1
        add(key, args[index] ?? "")
      } else return err(`option '--${name}' requires an argument`)
      continue
    }
    if (spec.number !== undefined && /^-\d+$/.test(arg)) {
      add(spec.number, arg.slice(1))
      continue
    }
    for (let at = 1; at < arg.length; at += 1) {
      const letter = arg[at] ?? ""
      if (spec.flags?.includes(letter)) add(letter, "")
      else if (spec.values?.includes(letter)) {
        const attached = arg.slice(at + 1)
        if (attached === "" && index + 1 >= args.length) return err(`option requires an argument -- '${letter}'`)
        if (attached === "") index += 1
        add(letter, attached === "" ? (args[index] ?? "") : attached)
        break
      } else return err(`invalid option -- '${letter}'`)
    }
  }
  return ok({
    has: (key) => given.has(key),
    value: (key) => given.get(key)?.at(-1),
    values: (key) => given.get(key) ?? [],
    operands,
  })
}
