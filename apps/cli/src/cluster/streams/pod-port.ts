import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { Cluster } from "@pilotage/embedded-cluster"
import { BODY_LIMIT, readBody } from "../request-body.ts"
import { systemTime, type WallClock } from "../wall-clock.ts"

interface PodPort {
  readonly namespace: string
  readonly pod: string
  readonly uid: string
  readonly port: number
}

export interface PodPorts {
  /**
   * Connects a flow of bytes with a port of a pod, from inside the pod as port-forward does. Why it cannot, in the words
   * of the node's runtime; undefined: it has taken the flow over.
   */
  readonly connect: (target: PodPort, flow: Duplex) => string | undefined
}

const hex = (text: string): string => createHash("sha256").update(text).digest("hex")

/** A sandbox's id and network namespace mean nothing to anybody; they are the same for the same pod. */
const refusal = ({ uid, port }: PodPort): string => {
  const sandbox = hex(uid)
  const netns = hex(sandbox).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5")
  return (
    `error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace ` +
    `"/var/run/netns/cni-${netns}": failed to connect to localhost:${port} inside namespace "${sandbox}", ` +
    `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused ` +
    `IPv6 dial tcp6 [::1]:${port}: connect: connection refused `
  )
}

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  )

/** The processes of the cluster speak HTTP and nothing else: Node reads it off the flow, the data plane answers. */
export const createPodPorts = (cluster: Cluster, clock: WallClock, onError: (cause: unknown) => void): PodPorts => {
  const targets = new WeakMap<Duplex, PodPort>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = targets.get(request.socket)
    const body = await readBody(request)
    if (!target || body === "too-large") return void response.destroy()
    const { namespace, pod, port } = target
    const { method = "GET", url = "/" } = request
    const { outcome, durationMs } = clock.at(() =>
      cluster.http(
        { kind: "pod", namespace, name: pod },
        {
          method,
          url: `http://127.0.0.1:${port}${url.startsWith("/") ? url : "/"}`,
          headers: headersOf(request),
          ...(body.length > 0 ? { body: body.toString("utf8") } : {}),
        },
      ),
    )
    await new Promise<void>((resolve) => systemTime.after(durationMs, resolve))
    if (outcome.kind === "failure") return void response.destroy()
    // The process has said which headers there are.
    response.sendDate = false
    response.removeHeader("connection")
    response.writeHead(outcome.status, outcome.statusText, outcome.headers)
    response.end(outcome.body)
  }
  const server = createServer({ maxHeaderSize: BODY_LIMIT / 16 }, (request, response) => {
    answer(request, response).catch((cause: unknown) => {
      response.destroy()
      if (!request.errored) onError(cause)
    })
  })
  // What is no HTTP is not answered: the connection just ends.
  server.on("clientError", (_, socket) => socket.destroy())
  return {
    connect(target, flow) {
      const { namespace, pod, port } = target
      const from = { kind: "pod", namespace, name: pod } as const
      const found = clock.at(() => cluster.trace({ from, to: "127.0.0.1", port, protocol: "TCP" }))
      if (found.verdict !== "delivered") return refusal(target)
      targets.set(flow, target)
      server.emit("connection", flow)
      return undefined
    },
  }
}
