import { EngineHost } from "./engine-host.ts"
import type { FromEngine, ToEngine } from "./protocol.ts"

/** What the page talks to. A thin shell: it owns real time and messages, the host everything else. */
const post = (message: FromEngine): void => postMessage(message)

const channel = new MessageChannel()
const waiting: (() => void)[] = []
channel.port1.onmessage = () => waiting.shift()?.()

/** One turn of the worker's event loop. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    channel.port2.postMessage(null)
  })

const host = new EngineHost({ post, turn, later: (work, milliseconds) => void setTimeout(work, milliseconds) })

const TICK_MS = 50
let last = performance.now()

const tick = async (): Promise<void> => {
  const now = performance.now()
  // A tab that slept does not wake to hours of catching up.
  const passed = Math.min(now - last, 1_000)
  last = now
  try {
    await host.pass(passed)
  } catch (error) {
    post({ kind: "failed", message: error instanceof Error ? error.message : String(error) })
    return
  }
  setTimeout(() => void tick(), TICK_MS)
}

addEventListener("message", ({ data }: MessageEvent<ToEngine>) => host.receive(data))
void tick()
