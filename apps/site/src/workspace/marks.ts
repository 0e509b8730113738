import type { Input, InputLog } from "@pilotage/embedded-cluster"
import type { TimeMark } from "./protocol.ts"

const nameIn = (path: string): string => path.split("?")[0]?.split("/").slice(-2).join("/") ?? path

const label = (input: Input): string =>
  input.kind === "http"
    ? `curl ${input.request.url}`
    : `${input.request.method.toLowerCase()} ${nameIn(input.request.path)}`

/** The inputs of a log as marks on the time bar. */
export const timeMarks = (log: InputLog): readonly TimeMark[] =>
  log.entries.map(({ at, input }, id) => ({ id, at, label: label(input) }))

/** The log as it was at a moment. */
export const logUntil = (log: InputLog, at: number): InputLog => ({
  ...log,
  entries: log.entries.filter((entry) => entry.at <= at),
  until: at,
})
