import type { Input, InputLog } from "@pilotage/embedded-cluster"
import type { TimeMark } from "./protocol.ts"

const nameIn = (path: string): string => path.split("?")[0]?.split("/").slice(-2).join("/") ?? path

const label = (input: Input): string => {
  switch (input.kind) {
    case "http":
      return `curl ${input.request.url}`
    case "dial":
      return `connect to ${input.request.host} port ${input.request.port}`
    case "exit":
      return `${input.target.pod} ends with ${input.exitCode}`
    case "request":
      return `${input.request.method.toLowerCase()} ${nameIn(input.request.path)}`
  }
}

/** The inputs of a log as marks on the time bar. */
export const timeMarks = (log: InputLog): readonly TimeMark[] =>
  log.entries.map(({ at, input }, id) => ({ id, at, label: label(input) }))
