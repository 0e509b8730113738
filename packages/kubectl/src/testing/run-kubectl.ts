import { createCancellation } from "@pilotage/kube-model"
import type { ExecRequest, KubectlHost } from "../host.ts"
import { kubectl } from "../program.ts"
import type { FakeServer } from "./fake-server.ts"

/** A run of kubectl against a fake server: what it printed so far, and its end. */
export interface Run {
  readonly stdout: () => string
  readonly stderr: () => string
  readonly interrupt: () => void
  readonly exit: Promise<number>
}

export interface RunOptions {
  readonly stdin?: string
  readonly files?: Readonly<Record<string, string | readonly string[]>>
  readonly edit?: (text: string) => string | undefined
  readonly exec?: (request: ExecRequest) => { readonly exitCode: number } | { readonly error: string }
}

/** 2026-11-21T02:16:00Z */
const NOW = 1_795_227_360_000

export const hostFor = (server: Pick<FakeServer, "transport">, options: RunOptions = {}): KubectlHost => ({
  transport: server.transport,
  exec: async (request) => options.exec?.(request) ?? { exitCode: 0 },
  readFile: (path) => options.files?.[path],
  edit: async (_, text) => options.edit?.(text),
  clock: {
    now: () => NOW,
    // Time stands still unless someone waits; then what was waited for has come, a few turns later.
    sleep: async () => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
  },
  defaultNamespace: "demo",
  serverAddress: "https://127.0.0.1:6443",
})

export const start = (server: FakeServer, line: readonly string[], options: RunOptions = {}): Run => {
  let stdout = ""
  let stderr = ""
  const cancellation = createCancellation()
  const exit = kubectl(line, hostFor(server, options), {
    stdin: (async function* () {
      if (options.stdin !== undefined) yield options.stdin
    })(),
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
    isTerminal: false,
    cancellation,
  })
  return { stdout: () => stdout, stderr: () => stderr, interrupt: () => cancellation.cancel(), exit }
}

export const runKubectl = async (
  server: FakeServer,
  line: string | readonly string[],
  options: RunOptions = {},
): Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string }> => {
  const run = start(server, typeof line === "string" ? line.split(" ") : line, options)
  const exit = await run.exit
  return { exit, stdout: run.stdout(), stderr: run.stderr() }
}

/** Lets everything that can go on go on. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}
