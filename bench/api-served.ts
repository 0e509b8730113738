import { spawn } from "node:child_process"
import { once } from "node:events"
import { Agent, request } from "node:http"
import { Agent as SecureAgent, request as secureRequest } from "node:https"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { DEPLOYMENTS, deployment } from "./cluster.ts"
import { type Figure, least, middle, percentile } from "./measure.ts"
import { ask, type RunningCluster, runCluster } from "./running-cluster.ts"

const CONFIG_MAP = "/api/v1/namespaces/default/configmaps/noticed"
const MERGE = "application/merge-patch+json"

const patched = (n: number) => ({ type: MERGE, text: `{"data":{"n":"${n}"}}` })

/** Milliseconds of single requests, of which a thousand begin in every second, whether or not those before are answered. */
const atThousandASecond = async (count: number, call: (index: number) => Promise<unknown>): Promise<number[]> => {
  const times: number[] = []
  const begun = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < count; ) {
    const due = Math.min(count, Math.floor(performance.now() - begun))
    for (; index < due; index += 1) {
      const sent = performance.now()
      running.push(call(index).then(() => void times.push(performance.now() - sent)))
    }
    await sleep(1)
  }
  await Promise.all(running)
  return times
}

/** The same with a server that does nothing: what the machine, node:http and this client take. */
const rawLoop = async (count: number): Promise<number> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "raw-server.ts")], {
    stdio: ["ignore", "pipe", "ignore"],
  })
  const [port] = (await once(child.stdout, "data")) as [Buffer]
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const call = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const options = { port: Number(port.toString()), host: "127.0.0.1", agent, method: "PATCH" }
      const asked = request(options, (answer) => answer.resume().on("end", resolve))
      asked.on("error", reject).end(patched(index).text)
    })
  await atThousandASecond(1_000, call)
  const times = await atThousandASecond(count, call)
  agent.destroy()
  child.kill()
  return percentile(times, 0.99)
}

const WRITES = 5_000

const writes = async (cluster: RunningCluster): Promise<readonly Figure[]> => {
  const call = (index: number) => ask(cluster, "PATCH", CONFIG_MAP, patched(index))
  await atThousandASecond(2_000, call)
  const value = percentile(await atThousandASecond(WRITES, call), 0.99)
  const raw = await rawLoop(WRITES)
  return [
    {
      name: "a write at 1,000/s over HTTPS, p99",
      value,
      unit: "ms",
      aim: 5,
      note: `raw node:http ${raw.toFixed(1)} ms`,
    },
    { name: "a write at 1,000/s ÷ raw node:http, p99", value: value / raw, unit: "×", aim: Number.NaN },
  ]
}

const WATCHERS = 1_000
const TELLINGS = 60

/** From a write until the last of the watchers has read its line, all of them clients with a connection of their own. */
const fanOut = async (cluster: RunningCluster): Promise<Figure> => {
  const { ca, url, headers } = cluster
  const agent = new SecureAgent({ ca, maxSockets: WATCHERS })
  let told = 0
  let wanted = Number.POSITIVE_INFINITY
  let done = (): void => {}
  const path = `/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=0&fieldSelector=metadata.name%3Dnoticed`
  const watch = (): Promise<{ readonly destroy: () => void }> =>
    new Promise((resolve, reject) => {
      const asked = secureRequest(new URL(path, url), { agent, headers }, (answer) => {
        answer.once("data", () => resolve(asked))
        answer.on("data", (chunk: Buffer) => {
          for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) told += 1
          if (told >= wanted) done()
        })
      })
      asked.on("error", reject).end()
    })
  const watching: { readonly destroy: () => void }[] = []
  for (let opened = 0; opened < WATCHERS; opened += 50)
    watching.push(...(await Promise.all(Array.from({ length: 50 }, watch))))
  const times: number[] = []
  for (let telling = 0; telling < TELLINGS; telling += 1) {
    told = 0
    wanted = WATCHERS
    const all = new Promise<void>((resolve) => {
      done = resolve
    })
    const begun = performance.now()
    await ask(cluster, "PATCH", CONFIG_MAP, patched(telling))
    await all
    times.push(performance.now() - begun)
  }
  for (const each of watching) each.destroy()
  const note = `to the last of them; middle ${middle(times).toFixed(0)} ms, client on the same machine`
  return {
    name: "a write to 1,000 watchers over HTTPS, p99",
    value: percentile(times, 0.99),
    unit: "ms",
    aim: 50,
    note,
  }
}

const listed = async (cluster: RunningCluster): Promise<Figure> => {
  for (let group = 0; group < 10; group += 1)
    await ask(cluster, "POST", DEPLOYMENTS, {
      type: "application/json",
      text: JSON.stringify(deployment(`crowd-${group}`, 1_000)),
    })
  const path = "/api/v1/namespaces/default/pods"
  const running = `${path}?fieldSelector=status.phase%3DRunning&limit=1`
  for (let seconds = 0; seconds < 30; seconds += 1) {
    await sleep(500)
    const { bytes } = await ask(cluster, "GET", running)
    if (bytes > 2_000) break
  }
  await sleep(4_000)
  const times: number[] = []
  let size = 0
  for (let run = 0; run < 12; run += 1) {
    const begun = performance.now()
    size = (await ask(cluster, "GET", path)).bytes
    times.push(performance.now() - begun)
  }
  const note = `${(size / 1e6).toFixed(0)} MB, read to the end; the least of 12, middle ${middle(times).toFixed(0)} ms`
  return { name: "LIST of 10,000 pods, warm, over HTTPS", value: least(times), unit: "ms", aim: Number.NaN, note }
}

/** One cluster, served, and clients that ask it as fast as they may. */
export const servedFigures = async (): Promise<readonly Figure[]> => {
  const cluster = await runCluster("--nodes", "100")
  try {
    const made = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"noticed"}}`
    await ask(cluster, "POST", "/api/v1/namespaces/default/configmaps", { type: "application/json", text: made })
    return [...(await writes(cluster)), await fanOut(cluster), await listed(cluster)]
  } finally {
    await cluster.stop()
  }
}
