import type { ClientVersion } from "../client-version.ts"

/** What one stream of a command was when it was recorded, and what it is here. */
export interface Texts {
  readonly recorded: string
  readonly got: string
}

/**
 * A kind of text that two faithful servers may be told by differently, and how to make it the same. Each use is counted and
 * told in the report: nothing agrees by a rule unseen.
 */
export interface Rule {
  readonly name: string
  /** `client`: kubectl makes this text, and not all versions alike. `stated`: the text is of the server or of chance. */
  readonly kind: "client" | "stated"
  /** The first minor version that writes it otherwise; a mark of the builds that do; or any two clients. */
  readonly differs: { readonly since: number } | { readonly build: RegExp } | "always"
  /** Only for commands that match. */
  readonly cmd?: RegExp
  /** Only for this stream. */
  readonly stream?: "stdout" | "stderr"
  readonly level: (texts: Texts, cmd: string) => Texts
  readonly reason: string
}

export interface ClientVersions {
  readonly recorded: ClientVersion | undefined
  readonly here: ClientVersion | undefined
}

/** Whether the two clients of a session are on different sides of what a rule is about. */
const concerns = ({ differs }: Rule, { recorded, here }: ClientVersions): boolean => {
  if (differs === "always") return true
  if (!recorded || !here) return false
  if ("build" in differs) return differs.build.test(recorded.text) !== differs.build.test(here.text)
  return recorded.minor >= differs.since !== here.minor >= differs.since
}

/** The rules that a session's two clients need. */
export const rulesFor = (rules: readonly Rule[], versions: ClientVersions): readonly Rule[] =>
  rules.filter((rule) => concerns(rule, versions))

/** The same change on both sides. */
export const each =
  (change: (text: string, cmd: string) => string): Rule["level"] =>
  ({ recorded, got }, cmd) => ({ recorded: change(recorded, cmd), got: change(got, cmd) })

/** Replaces on both sides. `pattern` is global. */
export const replacing = (pattern: RegExp, by: string): Rule["level"] => each((text) => text.replace(pattern, by))
