import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import type { Cluster, PodConnection } from "@pilotage/embedded-cluster"
import type { KubeResponse, Status } from "@pilotage/kube-model"
import { type WebSocket, WebSocketServer } from "ws"
import { kubeRequest } from "../kube-request.ts"
import { badRequest } from "../refusals.ts"
import type { WallClock } from "../wall-clock.ts"
import { channelStreams, EXEC_PROTOCOLS } from "./channel-socket.ts"
import { clusterContainers } from "./cluster-containers.ts"
import { internalFailure } from "./exec-status.ts"
import { refuseUpgrade } from "./refuse-upgrade.ts"
import { remoteExec } from "./remote-exec.ts"

export interface UpgradeParts {
  readonly cluster: Cluster
  readonly clock: WallClock
  /** Told of what must not happen. */
  readonly onError: (cause: unknown) => void
}

/** Connections with pods: exec, attach and port-forward. */
export interface Upgrades {
  /** Takes over the socket of a request that was let in. */
  readonly take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Ends all connections. */
  readonly close: () => void
}

/** A message that is larger is nobody's: clients send 32 KiB at a time. */
const LARGEST_MESSAGE = 1024 * 1024
const GOING_AWAY = 1001

const refusalOf = (status: Status): KubeResponse => ({
  status: status.code ?? 500,
  headers: { "content-type": "application/json" },
  body: status,
})

const offeredBy = (request: IncomingMessage): readonly string[] =>
  (request.headers["sec-websocket-protocol"] ?? "").split(",").map((each) => each.trim())

export const createUpgrades = ({ cluster, clock, onError }: UpgradeParts): Upgrades => {
  const containers = clusterContainers(cluster, clock)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (offered) => EXEC_PROTOCOLS.find((each) => offered.has(each)) ?? false,
  })
  const serve = async (asked: PodConnection, socket: WebSocket): Promise<void> => {
    if (asked.kind === "portforward") return socket.close()
    const streams = channelStreams(socket)
    const machine = clock.at(() => cluster.exec(asked))
    if (!machine.ok) return streams.finish(internalFailure(machine.error.message ?? ""))
    await remoteExec(containers, asked, streams)
  }
  const take = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { method = "GET", url = "/", headers } = request
    const known = await kubeRequest({ method, url, headers, body: Buffer.alloc(0) })
    if (!known.ok) return refuseUpgrade(socket, known.error)
    const asked = clock.at(() => cluster.connect(known.value))
    if (!asked.ok) return refuseUpgrade(socket, refusalOf(asked.error))
    const wanted: readonly string[] = EXEC_PROTOCOLS
    if (!offeredBy(request).some((each) => wanted.includes(each)))
      return refuseUpgrade(
        socket,
        badRequest(`unable to upgrade: the client takes none of the protocols ${wanted.join(", ")}`),
      )
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serve(asked.value, opened).catch((cause: unknown) => {
        onError(cause)
        opened.terminate()
      })
    })
  }
  return {
    take: (request, socket, head) => {
      take(request, socket, head).catch((cause: unknown) => {
        onError(cause)
        socket.destroy()
      })
    },
    close: () => {
      for (const each of sockets.clients) each.close(GOING_AWAY)
    },
  }
}
