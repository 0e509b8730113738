import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { type Figure, least } from "./measure.ts"
import { runCluster } from "./running-cluster.ts"

const STARTS = 9
const KUBECTL_RUNS = 3

const hasKubectl = (): boolean => spawnSync("kubectl", ["version", "--client"], { stdio: "ignore" }).status === 0

/** The command line as a user meets it: the fastest of several starts, since other programs slow some of them down. */
export const processFigures = async (): Promise<readonly Figure[]> => {
  const starts: number[] = []
  const busy: number[] = []
  for (let run = 0; run < STARTS; run += 1) {
    const cluster = await runCluster()
    starts.push(cluster.startMs)
    busy.push(cluster.busyMs)
    await cluster.stop()
  }
  const start: Figure = {
    name: "cluster start, a process, until its URL answers",
    value: least(starts),
    unit: "ms",
    aim: 150,
    note: `the least of ${STARTS}; ${Math.round(least(busy))} ms of it on a processor`,
  }
  const name = "first kubectl get svc"
  if (!hasKubectl()) return [start, { name, value: Number.NaN, unit: "ms", aim: 300, note: "skipped: no kubectl here" }]
  const firsts: number[] = []
  for (let run = 0; run < KUBECTL_RUNS; run += 1) {
    const cluster = await runCluster()
    const cache = join(cluster.kubeconfig, "../cache")
    const begun = performance.now()
    const args = ["--kubeconfig", cluster.kubeconfig, "--cache-dir", cache, "get", "svc"]
    const { status, stderr } = spawnSync("kubectl", args, { encoding: "utf8" })
    firsts.push(performance.now() - begun)
    await cluster.stop()
    if (status !== 0) throw new Error(`kubectl get svc ended with ${status}: ${stderr}`)
  }
  return [start, { name, value: least(firsts), unit: "ms", aim: 300, note: `the least of ${KUBECTL_RUNS}, no cache` }]
}
