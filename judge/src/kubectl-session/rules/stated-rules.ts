import { each, type Rule } from "./rule.ts"

/** The fields, types and enums that `kubectl explain` lists, without the prose about them. */
const withoutProse = (text: string): string => {
  let section = ""
  return text
    .split("\n")
    .filter((line) => {
      const heading = /^([A-Z]+):/.exec(line)?.[1]
      section = heading ?? section
      if (heading !== undefined) return true
      if (section === "DESCRIPTION") return false
      return section === "FIELDS" ? /\t<|^ +enum: /.test(line) : line !== ""
    })
    .map((line) => `${line}\n`)
    .join("")
}

const STARTING = /(?<= )(?:Pending|ContainerCreating)(?= +0 +[0-4]s\b)/g

const linesOf = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "")

/** Takes recorded lines that stand within another one, as programs write byte by byte, out into lines of their own. */
const untorn = (recorded: string, got: string): string =>
  linesOf(recorded).reduce((text, line) => {
    const at = text.indexOf(`${line}\n`)
    if (at <= 0 || text[at - 1] === "\n") return text
    return `${text.slice(0, at)}${text.slice(at + line.length + 1)}${line}\n`
  }, got)

const isWaiting = (line: string): boolean => line.startsWith("Waiting for ")

export const STATED_RULES: readonly Rule[] = [
  {
    name: "the prose of explain",
    kind: "stated",
    differs: "always",
    cmd: /\bkubectl explain\b/,
    level: ({ recorded, got }, cmd) => {
      const [one, other] = [withoutProse(recorded), withoutProse(got)]
      if (!/\| *head\b/.test(cmd)) return { recorded: one, got: other }
      // So many lines of prose less make room for so many fields more.
      const lines = Math.min(one.split("\n").length, other.split("\n").length) - 1
      const cut = (text: string): string => text.split("\n").slice(0, lines).join("\n")
      return { recorded: cut(one), got: cut(other) }
    },
    reason: "fields are described in our own words; kinds, fields, types, enums and what is required are compared",
  },
  {
    name: "the first seconds of a pod",
    kind: "stated",
    differs: "always",
    cmd: /\bget\b/,
    level: each((text) => text.replace(STARTING, "⟨starting⟩")),
    reason: "whether a pod is seen before or after its node has taken it hangs on milliseconds, in one cluster too",
  },
  {
    name: "the steps of a rollout",
    kind: "stated",
    differs: "always",
    cmd: /\brollout status\b/,
    level: each((text) => {
      const lines = text.trimEnd().split("\n")
      return `${lines.filter((line, index) => index === lines.length - 1 || !isWaiting(line)).join("\n")}\n`
    }),
    reason: "which steps a watch happens to see hangs on milliseconds; how it ends does not",
  },
  {
    name: "programs that write at once",
    kind: "stated",
    differs: "always",
    cmd: / & /,
    stream: "stderr",
    level: ({ recorded, got }) => ({
      recorded: linesOf(recorded).toSorted().join("\n"),
      got: linesOf(untorn(recorded, got)).toSorted().join("\n"),
    }),
    reason:
      "two programs of one line write to one stream; in which order their lines come, even parts of them, is chance",
  },
]
