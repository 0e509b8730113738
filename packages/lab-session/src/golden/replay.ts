import type { Cluster } from "@pilotage/embedded-cluster"
import { createCancellation } from "@pilotage/kube-model"
import { type KubectlHost, kubectl } from "@pilotage/kubectl"
import { createVirtualClock, runToEnd } from "../virtual-clock.ts"
import { shellWords } from "./shell-words.ts"

/** One recorded command and what the real kubectl answered. */
export interface Recorded {
  readonly name: string
  readonly cmd: string
  readonly stdin?: string
  /** What the editor replaced: a pattern and its replacement, line by line. */
  readonly edit?: readonly string[]
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  /** How long it took. */
  readonly ms: number
  /** How long the recorder waited before it. */
  readonly waitMs?: number
}

export interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** Everything here goes on by promises that are ready; so many turns of the queue are more than any step takes. */
const turn = async (): Promise<void> => {
  for (let count = 0; count < 400; count += 1) await Promise.resolve()
}

const MINUTES = 5 * 60_000

const EXEC_ID = "0".repeat(64)

type Exec = KubectlHost["exec"]

/** The few programs that the session runs in containers. */
const execIn =
  (cluster: Cluster): Exec =>
  async ({ namespace, pod, container, argv }, io) => {
    const machine = cluster.exec({ namespace, pod, ...(container === undefined ? {} : { container }) })
    if (!machine.ok) return { error: machine.error.message ?? "refused" }
    const [program = "", path = ""] = argv
    if (program === "hostname") io.stdout(`${machine.value.hostname}\n`)
    else if (program === "cat") io.stdout(machine.value.files[path] ?? "")
    else if (program === "env")
      for (const [name, value] of Object.entries(machine.value.env)) io.stdout(`${name}=${value}\n`)
    else if (program !== "true")
      return {
        error: `Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${EXEC_ID}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(program)}: executable file not found in $PATH`,
      }
    return { exitCode: 0 }
  }

/** Replays a session on a cluster, each command to its end in virtual time; then as much time passes as it took. */
export const replaySession = async (
  cluster: Cluster,
  manifests: Readonly<Record<string, string>>,
  commands: readonly Recorded[],
  seen: (recorded: Recorded, answer: Answer) => void,
): Promise<void> => {
  const clock = createVirtualClock(cluster, turn)
  for (const recorded of commands) {
    await clock.advanceTo(cluster.now() + (recorded.waitMs ?? 0))
    let stdout = ""
    let stderr = ""
    let exit = 0
    const host: KubectlHost = {
      transport: async (request) => cluster.request(request),
      exec: execIn(cluster),
      readFile: (path) => manifests[path],
      edit: async (_, text) => {
        const [pattern, replacement] = recorded.edit ?? []
        return pattern === undefined ? text : text.replace(new RegExp(pattern, "gm"), replacement ?? "")
      },
      clock,
      defaultNamespace: "demo",
      serverAddress: "https://127.0.0.1:6443",
    }
    for (const line of recorded.cmd.replaceAll("kind-worker2", "node-3").split("; ")) {
      const program = kubectl(shellWords(line).slice(1), host, {
        stdin: (async function* () {
          if (recorded.stdin !== undefined) yield recorded.stdin
        })(),
        stdout: (text) => {
          stdout += text
        },
        stderr: (text) => {
          stderr += text
        },
        isTerminal: false,
        cancellation: createCancellation(),
      })
      const ended = await runToEnd(program, cluster, clock, turn, MINUTES)
      exit = ended.ok ? ended.value : -1
      if (!ended.ok) stderr += `${ended.error}\n`
      await clock.advanceTo(cluster.now() + Math.max(recorded.ms, 500))
    }
    seen(recorded, { stdout, stderr, exit })
  }
}
