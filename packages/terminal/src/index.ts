export { type Console, type ConsoleOptions, openConsole } from "./console.ts"
export type {
  Clock,
  DnsAnswer,
  DnsCode,
  DnsType,
  FileTree,
  HttpOutcome,
  HttpRequest,
  Machine,
  Network,
  Origin,
  PingAnswer,
  ProgramIO,
  TerminalHost,
} from "./host.ts"
export { createTerminal, type RunIO, type Terminal } from "./terminal.ts"
export type { Candidates, CommandRecord } from "./world.ts"
