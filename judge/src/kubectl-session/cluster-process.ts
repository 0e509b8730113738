import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { parseDocument } from "yaml"

const MAIN = join(import.meta.dirname, "../../../apps/cli/src/main.ts")

export interface ClusterWish {
  /** Their names; absent: as many as users get who ask for nothing. */
  readonly nodes?: readonly string[]
  /** Made, and the kubeconfig's own, besides what every cluster has. */
  readonly namespace?: string
  /** Written by the cluster, in a folder where a file of what it starts with may lie beside it. */
  readonly kubeconfig: string
}

const namespaceFile = (kubeconfig: string, namespace: string): string => {
  const objects = `${kubeconfig}.objects.yaml`
  writeFileSync(objects, `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n`)
  return objects
}

const setNamespace = (kubeconfig: string, namespace: string): void => {
  const config = parseDocument(readFileSync(kubeconfig, "utf8"))
  config.setIn(["contexts", 0, "context", "namespace"], namespace)
  writeFileSync(kubeconfig, config.toString())
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
export const startCluster = async ({ nodes, namespace, kubeconfig }: ClusterWish): Promise<RunningCluster> => {
  const options = [
    ...(nodes ? ["--node-names", nodes.join(",")] : []),
    ...(namespace === undefined ? [] : ["-f", namespaceFile(kubeconfig, namespace)]),
  ]
  const child = spawn(process.execPath, [MAIN, "cluster", "start", "--kubeconfig", kubeconfig, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  })
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
  if (namespace !== undefined) setNamespace(kubeconfig, namespace)
  return {
    stop: async () => {
      child.kill("SIGTERM")
      await ended(child)
      rmSync(kubeconfig, { force: true })
    },
  }
}
