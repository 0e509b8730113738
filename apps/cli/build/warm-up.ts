import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { request } from "node:https"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What `kubectl get services` asks of a cluster that it does not know yet. */
const FIRST_QUESTIONS = [
  ["/api", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"],
  ["/apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"],
  ["/api/v1/namespaces/default/services?limit=500", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"],
] as const

const field = (kubeconfig: string, name: string): string =>
  new RegExp(`^ *${name}: (.*)$`, "m").exec(kubeconfig)?.[1] ?? ""

const ask = (kubeconfig: string, path: string, accept: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const ca = Buffer.from(field(kubeconfig, "certificate-authority-data"), "base64")
    const headers = { accept, authorization: `Bearer ${field(kubeconfig, "token")}` }
    const asked = request(`${field(kubeconfig, "server")}${path}`, { ca, headers }, (answer) => {
      answer.resume().on("end", resolve)
      if (answer.statusCode !== 200) reject(new Error(`GET ${path} answered ${answer.statusCode}`))
    })
    asked.on("error", reject).end()
  })

const firstWords = async (child: ChildProcess): Promise<void> => {
  if (child.stdout) await Promise.race([once(child.stdout, "data"), once(child, "exit")])
  if (child.exitCode !== null) throw new Error(`the cluster ended with ${child.exitCode} when it should have started`)
}

/**
 * Starts a cluster and asks it what a client asks first. Node keeps what was compiled in the first run of a file, and
 * only that: this run decides what later ones find. Throws when the built command line does not work.
 */
export const warmUp = async (launcher: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-build-"))
  const file = join(folder, "kubeconfig")
  const child = spawn(process.execPath, [launcher, "cluster", "start", "--kubeconfig", file], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  try {
    await firstWords(child)
    const kubeconfig = readFileSync(file, "utf8")
    for (const [path, accept] of FIRST_QUESTIONS) await ask(kubeconfig, path, accept)
  } finally {
    child.kill("SIGINT")
    if (child.exitCode === null) await once(child, "exit")
    rmSync(folder, { recursive: true })
  }
}
