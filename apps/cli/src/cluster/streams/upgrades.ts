import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import type { Cluster, PodConnection } from "@pilotage/embedded-cluster"
import type { KubeResponse, Status } from "@pilotage/kube-model"
import { createWebSocketStream } from "ws"
import { kubeRequest } from "../kube-request.ts"
import type { WallClock } from "../wall-clock.ts"
import { channelStreams } from "./channel-socket.ts"
import { clusterContainers } from "./cluster-containers.ts"
import { internalFailure } from "./exec-status.ts"
import { type Agreement, createHandshakes } from "./handshake.ts"
import { createPodPorts } from "./pod-port.ts"
import { portChannels } from "./port-channels.ts"
import { portForward } from "./port-forward.ts"
import { refuseUpgrade } from "./refuse-upgrade.ts"
import { remoteAttach } from "./remote-attach.ts"
import { remoteExec, remoteMain } from "./remote-exec.ts"
import { spdyStreams } from "./spdy-streams.ts"

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

const GOING_AWAY = 1001

const refusalOf = (status: Status): KubeResponse => ({
  status: status.code ?? 500,
  headers: { "content-type": "application/json" },
  body: status,
})

export const createUpgrades = ({ cluster, clock, onError }: UpgradeParts): Upgrades => {
  const containers = clusterContainers(cluster, clock)
  const ports = createPodPorts(cluster, clock, onError)
  const handshakes = createHandshakes()
  const ends = new Set<() => void>()

  const serve = async (asked: PodConnection, agreed: Agreement): Promise<void> => {
    const flow = (): Duplex => (agreed.kind === "spdy" ? agreed.transport : createWebSocketStream(agreed.socket))
    if (asked.kind === "portforward")
      return agreed.kind === "channels" ? portChannels(ports, asked, agreed.socket) : portForward(ports, asked, flow())
    const streams = agreed.kind === "channels" ? channelStreams(agreed.socket) : await spdyStreams(asked, flow())
    const machine = clock.at(() => cluster.exec(asked))
    if (!machine.ok) return streams.finish(internalFailure(machine.error.message ?? ""))
    if (asked.kind === "attach" && asked.command.length === 0) return remoteAttach(cluster, clock, asked, streams)
    if (asked.kind === "attach")
      return remoteMain(containers, asked, streams, (exitCode) => {
        const { namespace, pod, container } = asked
        clock.at(() => cluster.exit({ namespace, pod, container }, exitCode))
      })
    await remoteExec(containers, asked, streams)
  }
  const take = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const { method = "GET", url = "/", headers } = request
    const known = await kubeRequest({ method, url, headers, body: Buffer.alloc(0) })
    if (!known.ok) return refuseUpgrade(socket, known.error)
    const asked = clock.at(() => cluster.connect(known.value))
    if (!asked.ok) return refuseUpgrade(socket, refusalOf(asked.error))
    const agreed = await handshakes.agree(asked.value.kind, request, socket, head)
    if (!agreed.ok) return refuseUpgrade(socket, agreed.error)
    const end = (): void => {
      if (agreed.value.kind === "spdy") socket.destroy()
      else agreed.value.socket.close(GOING_AWAY)
    }
    ends.add(end)
    socket.on("close", () => ends.delete(end))
    await serve(asked.value, agreed.value)
  }
  return {
    take: (request, socket, head) => {
      take(request, socket, head).catch((cause: unknown) => {
        // A client that left is no mistake of the server's.
        if (!socket.destroyed) onError(cause)
        socket.destroy()
      })
    },
    close: () => {
      for (const end of [...ends]) end()
    },
  }
}
