/** A value that is another one in every run, and how far its renaming holds. */
export interface VolatileRule {
  /** Stands in the text in the value's place. */
  readonly kind: string
  /** The value is the group `value`, or the whole match. */
  readonly pattern: RegExp
  /**
   * `session`: one value here stands for one value there, in the whole session. `command`: within one command only, for
   * names and addresses of replicas, any of which may be meant. `none`: a measure (a time, an age), not a name.
   */
  readonly holds: "session" | "command" | "none"
}

/** Letters and digits of generated names (apimachinery's `rand.String` and `SafeEncodeString`). */
const SAFE = "[bcdfghjklmnpqrstvwxz2456789]"
const DURATION = "\\d+(?:\\.\\d+)?(?:ms|[smhdy])(?:\\d+[smhd])?"

/** In order: what an earlier rule has taken is gone for the later ones. */
export const VOLATILE_RULES: readonly VolatileRule[] = [
  { kind: "time", pattern: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| \+0000)/g, holds: "none" },
  { kind: "time", pattern: /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, holds: "none" },
  { kind: "klog", pattern: /(?<=\b[IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+/g, holds: "none" },
  // Nodes that are containers of one machine share its kernel and the boot of it; others do not.
  { kind: "boot-id", pattern: /(?:bootID: |Boot ID: +)(?<value>[0-9a-f-]{36})/g, holds: "none" },
  { kind: "uid", pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, holds: "command" },
  { kind: "sha256", pattern: /\b[0-9a-f]{64}\b/g, holds: "command" },
  { kind: "sha1", pattern: /\b[0-9a-f]{40}\b/g, holds: "session" },
  { kind: "machine-id", pattern: /\b[0-9a-f]{32}\b/g, holds: "session" },
  { kind: "version", pattern: /resourceVersion: (?<value>"\d+")/g, holds: "none" },
  // Why an image cannot be had depends on the way to its registry: a machine without one gets no answer at all.
  { kind: "registry", pattern: /(?<=failed to resolve image: ).*/g, holds: "none" },
  { kind: "temporary", pattern: /\/tmp\/(?:kubectl-edit-|LIVE-|MERGED-)(?<value>\d+)/g, holds: "command" },
  { kind: "kernel", pattern: /(?:kernelVersion: |Kernel Version: +)(?<value>\S+)/g, holds: "session" },
  { kind: "kernel", pattern: /\b\d+\.\d+\.\d+\S*(?= \((?:amd64|arm64)\))/g, holds: "session" },
  { kind: "size", pattern: /\b\d{6,}Ki\b/g, holds: "session" },
  // Of what the machine has.
  { kind: "share-of-memory", pattern: /(?<=\b\d+(?:[KMG]i)? )\(\d+%\)(?= {2}|$)/g, holds: "none" },
  { kind: "server", pattern: /https:\/\/(?<value>127\.0\.0\.1:\d+)/g, holds: "session" },
  { kind: "pod-address", pattern: /\b10\.244\.\d+\.\d+\b/g, holds: "command" },
  { kind: "service-address", pattern: /\b10\.96\.\d+\.\d+\b/g, holds: "session" },
  { kind: "node-address", pattern: /\b172\.(?:1[6-9]|2\d)\.0\.\d+\b/g, holds: "command" },
  { kind: "node-port", pattern: /\b3[0-2]\d{3}\b/g, holds: "session" },
  { kind: "hash", pattern: new RegExp(`(?<=-|hash[=:] ?)${SAFE}{8,10}\\b`, "g"), holds: "session" },
  { kind: "suffix", pattern: new RegExp(`(?<=[a-z0-9⟫]-)${SAFE}{5}\\b`, "g"), holds: "command" },
  { kind: "event", pattern: /(?<=[a-z0-9⟫]\.)[0-9a-f]{16}\b/g, holds: "command" },
  // Ages stand in cells of tables; a duration in a field is meant.
  {
    kind: "age",
    pattern: new RegExp(`(?<=  )${DURATION}(?: \\(x\\d+ over ${DURATION}\\))?(?=  |$)`, "gm"),
    holds: "none",
  },
  { kind: "age", pattern: new RegExp(`^${DURATION}(?: \\(x\\d+ over ${DURATION}\\))?(?=  )`, "gm"), holds: "none" },
  { kind: "age", pattern: new RegExp(`(?<=\\()${DURATION}(?= ago\\))`, "g"), holds: "none" },
  {
    kind: "took",
    pattern: new RegExp(`\\bin ${DURATION}(?: \\(${DURATION} including waiting\\))?`, "g"),
    holds: "none",
  },
]

const MEASURES: ReadonlySet<string> = new Set(
  VOLATILE_RULES.filter(({ holds }) => holds === "none").map(({ kind }) => kind),
)

/** Whether values of this kind name something, so that two of them are the same thing or two things. */
export const isName = (kind: string): boolean => !MEASURES.has(kind)

/** Where the scheduler puts a pod is chance among the workers. */
export const workerRule = (workers: readonly string[]): readonly VolatileRule[] =>
  workers.length === 0
    ? []
    : [
        {
          kind: "worker",
          pattern: new RegExp(`(?<![\\w.-])(?:${workers.toSorted().reverse().join("|")})(?![\\w-])`, "g"),
          holds: "command",
        },
      ]

/** A line with its volatile values taken out: `pod/web-⟨hash⟩-⟨suffix⟩`, and the values in the order of their places. */
export interface Levelled {
  readonly text: string
  readonly values: readonly { readonly kind: string; readonly value: string }[]
}

const MARK = /⟪(\d+)⟫/g

/**
 * Takes the volatile values out of a line. `given` are values that the session's own words name: they stay.
 * Runs of blanks between words become two: columns are as wide as their widest value.
 */
export const levelled = (line: string, rules: readonly VolatileRule[], given: ReadonlySet<string>): Levelled => {
  const found: { readonly kind: string; readonly value: string }[] = []
  let text = line
  for (const { kind, pattern } of rules)
    text = text.replace(pattern, (match: string, ...rest: unknown[]) => {
      const groups = rest.at(-1)
      const named = typeof groups === "object" && groups !== null && "value" in groups ? String(groups.value) : match
      if (given.has(named)) return match
      found.push({ kind, value: named })
      return match.replace(named, `⟪${found.length - 1}⟫`)
    })
  const values: { readonly kind: string; readonly value: string }[] = []
  const named = text.replace(MARK, (_, index: string) => {
    const value = found[Number(index)]
    if (value) values.push(value)
    return `⟨${value?.kind ?? ""}⟩`
  })
  return { text: named.replace(/(?<=\S) {2,}/g, "  ").replace(/[ \t]+$/, ""), values }
}
