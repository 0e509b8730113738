import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { parseDocument } from "yaml"

const MAIN = join(import.meta.dirname, "../../../apps/cli/src/main.ts")

export interface ClusterWish {
  readonly nodes: readonly string[]
  readonly namespace: string
  /** Written by the cluster. */
  readonly kubeconfig: string
  /** An empty folder's file name for what the cluster starts with. */
  readonly objects: string
}

export interface RunningCluster {
  readonly stop: () => Promise<void>
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once("exit", () => resolve())
  })

const STARTS_WITHIN_MS = 20_000

/** Starts an embedded cluster as a user would, and waits for its kubeconfig. Throws with what it said when it does not come up. */
export const startCluster = async ({ nodes, namespace, kubeconfig, objects }: ClusterWish): Promise<RunningCluster> => {
  writeFileSync(objects, `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`)
  const child = spawn(
    process.execPath,
    [MAIN, "cluster", "start", "--node-names", nodes.join(","), "--kubeconfig", kubeconfig, "-f", objects],
    { stdio: ["ignore", "pipe", "pipe"] },
  )
  let said = ""
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text
    })
  const deadline = performance.now() + STARTS_WITHIN_MS
  while (!existsSync(kubeconfig) && child.exitCode === null && performance.now() < deadline) await sleep(20)
  if (child.exitCode !== null || !existsSync(kubeconfig)) {
    child.kill()
    throw new Error(`the cluster did not start: ${said.trim()}`)
  }
  const config = parseDocument(readFileSync(kubeconfig, "utf8"))
  config.setIn(["contexts", 0, "context", "namespace"], namespace)
  writeFileSync(kubeconfig, config.toString())
  return {
    stop: async () => {
      child.kill("SIGTERM")
      await ended(child)
      rmSync(kubeconfig, { force: true })
    },
  }
}
