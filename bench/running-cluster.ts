import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { Agent, request } from "node:https"
import { tmpdir } from "node:os"
import { join } from "node:path"

const LAUNCHER = join(import.meta.dirname, "../apps/cli/pilotage.js")

/** Who finds all of them busy waits, and that counts. */
const CONNECTIONS = 32

export interface RunningCluster {
  readonly kubeconfig: string
  readonly agent: Agent
  /** Whom clients with an agent of their own trust. */
  readonly ca: Buffer
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** From the start of the process until its URL had answered. */
  readonly startMs: number
  /** How long its main thread had a processor until then; NaN where the system does not tell. */
  readonly busyMs: number
  readonly stop: () => Promise<void>
}

const processorMs = (pid: number | undefined): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6
  } catch {
    return Number.NaN
  }
}

/** One request to its end: the status, and the bytes of the body. */
export const ask = (
  { agent, url, headers }: Pick<RunningCluster, "agent" | "url" | "headers">,
  method: string,
  path: string,
  body?: { readonly type: string; readonly text: string },
): Promise<{ readonly status: number; readonly bytes: number }> =>
  new Promise((resolve, reject) => {
    const all = body ? { ...headers, "content-type": body.type } : headers
    const asked = request(new URL(path, url), { method, agent, headers: all }, (answer) => {
      let bytes = 0
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length
      })
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, bytes }))
    })
    asked.on("error", reject).end(body?.text)
  })

/** `pilotage cluster start`, built, until its URL answers. */
export const runCluster = async (...args: readonly string[]): Promise<RunningCluster> => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-bench-"))
  const kubeconfig = join(folder, "kubeconfig")
  const begun = performance.now()
  const child = spawn(process.execPath, [LAUNCHER, "cluster", "start", "--kubeconfig", kubeconfig, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  })
  const ended = once(child, "exit")
  await Promise.race([once(child.stdout, "data"), ended])
  if (child.exitCode !== null) throw new Error(`the cluster ended with ${child.exitCode}`)
  const text = readFileSync(kubeconfig, "utf8")
  const field = (name: string): string => new RegExp(`^ *${name}: (.*)$`, "m").exec(text)?.[1] ?? ""
  const ca = Buffer.from(field("certificate-authority-data"), "base64")
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, ca })
  const url = new URL(field("server"))
  const headers = { authorization: `Bearer ${field("token")}` }
  await ask({ agent, url, headers }, "GET", "/version")
  const startMs = performance.now() - begun
  const busyMs = processorMs(child.pid)
  return {
    kubeconfig,
    agent,
    ca,
    url,
    headers,
    startMs,
    busyMs,
    stop: async () => {
      agent.destroy()
      child.kill("SIGINT")
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
