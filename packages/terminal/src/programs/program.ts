import type { Cancellation } from "@pilotage/kube-model"
import type { FileSystem } from "../machines/file-system.ts"
import { resolvePath } from "../machines/path.ts"
import type { Scope } from "../shell/shell.ts"
import type { Streams } from "../streams/stream.ts"

/** What a running program holds. */
export interface Run {
  /** As typed: what its messages begin with. */
  readonly name: string
  readonly args: readonly string[]
  readonly streams: Streams
  readonly cancellation: Cancellation
  readonly files: FileSystem
  readonly scope: Scope
  readonly print: (text: string) => void
  /** `name: words` on stderr. */
  readonly complain: (words: string) => void
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** A path as the program's folder sees it. */
  readonly path: (name: string) => string
}

/** Resolves to the exit code. A cancelled program returns soon; its code is then not asked for. */
export type Program = (run: Run) => Promise<number>

export const createRun = (scope: Scope, name: string, args: readonly string[]): Run => ({
  name,
  args,
  streams: scope.streams,
  cancellation: scope.cancellation,
  files: scope.shell.station.files,
  scope,
  print: scope.streams.stdout.write,
  complain: (words) => scope.streams.stderr.write(`${name}: ${words}\n`),
  now: scope.world.host.clock.now,
  sleep: (milliseconds) => scope.world.host.clock.sleep(milliseconds, scope.cancellation),
  path: (file) => resolvePath(scope.shell.folder, file),
})
