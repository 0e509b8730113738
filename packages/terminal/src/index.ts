export { type Console, type ConsoleOptions, openConsole } from "./console.ts"
export {
  type AttachedTerminal,
  type ContainerName,
  type Containers,
  createContainers,
  type ExecOutcome,
  type TerminalScreen,
} from "./containers.ts"
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
export { bytesOfText, createByteReader } from "./streams/byte-text.ts"
export { inputFromIterable, type Output, type Streams } from "./streams/stream.ts"
export { createTerminal, type RunIO, type Terminal } from "./terminal.ts"
export type { Candidates, CommandRecord } from "./world.ts"
