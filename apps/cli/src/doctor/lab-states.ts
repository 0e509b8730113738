import { setImmediate } from "node:timers/promises"
import { neverCancelled } from "@pilotage/kube-model"
import type { Lab } from "@pilotage/lab-kit"
import { createVirtualClock, homeFiles, memoryFiles, runToEnd, startCluster, terminalHost } from "@pilotage/lab-session"
import type { RoutingTable } from "@pilotage/routing-core"
import { createTerminal } from "@pilotage/terminal"

const HOUR_MS = 3_600_000

const turn = async (): Promise<void> => {
  await setImmediate()
}

/** The routing table of a lab's cluster, one minute after a script was typed into its terminal. */
export const tableAfter = async (lab: Lab, script: string): Promise<RoutingTable> => {
  const started = startCluster(lab, lab.cluster.seed)
  if (!started.ok) throw new Error(`${lab.id}: ${started.error.message}`)
  const cluster = started.value
  const clock = createVirtualClock(cluster, turn)
  const files = memoryFiles(homeFiles(lab.home))
  const edit = async (): Promise<undefined> => undefined
  const terminal = createTerminal(terminalHost({ cluster, clock, files, defaultNamespace: lab.namespace, edit }))
  const write = (): void => {}
  const run = terminal.runScript(script, { stdout: write, stderr: write, isTerminal: false }, neverCancelled)
  const ended = await runToEnd(run, cluster, clock, turn, HOUR_MS)
  if (!ended.ok) throw new Error(`${lab.id}: ${ended.error}`)
  cluster.advance(60_000)
  return cluster.table()
}
