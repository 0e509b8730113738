import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import type { PodConnection } from "@pilotage/embedded-cluster"
import { err, type KubeResponse, ok, type Result } from "@pilotage/kube-model"
import { type WebSocket, WebSocketServer } from "ws"
import { badRequest } from "../refusals.ts"
import { EXEC_PROTOCOLS } from "./channel-socket.ts"
import { PORT_CHANNELS_PROTOCOL } from "./port-channels.ts"
import { EXEC_STREAM_PROTOCOL } from "./spdy-streams.ts"

/** The subprotocol of a WebSocket that carries SPDY (apimachinery portforward constants). */
const TUNNEL_PROTOCOL = "SPDY/3.1+portforward.k8s.io"
const PORT_FORWARD_PROTOCOL = "portforward.k8s.io"

/** A message that is larger is nobody's: clients send 32 KiB at a time. */
const LARGEST_MESSAGE = 1024 * 1024

/** How client and server have agreed to talk. */
export type Agreement =
  | { readonly kind: "channels"; readonly socket: WebSocket }
  | { readonly kind: "tunnel"; readonly socket: WebSocket }
  | { readonly kind: "spdy"; readonly transport: Duplex }

const listed = (header: string | readonly string[] | undefined): readonly string[] =>
  (typeof header === "string" ? [header] : (header ?? [])).flatMap((each) => each.split(",").map((one) => one.trim()))

export interface Handshakes {
  /** Says yes to an upgrade, or why not. */
  readonly agree: (
    asked: PodConnection["kind"],
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ) => Promise<Result<Agreement, KubeResponse>>
}

const refused = (wanted: readonly string[]): Result<never, KubeResponse> =>
  err(badRequest(`unable to upgrade: the client takes none of the protocols ${wanted.join(", ")}`))

const upgradeToSpdy = (socket: Duplex, head: Buffer, protocol: string): Agreement => {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
  )
  if (head.length > 0) socket.unshift(head)
  return { kind: "spdy", transport: socket }
}

export const createHandshakes = (): Handshakes => {
  const options = { noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false, clientTracking: false }
  const channels = new WebSocketServer({
    ...options,
    handleProtocols: (offered) => EXEC_PROTOCOLS.find((each) => offered.has(each)) ?? false,
  })
  const portChannels = new WebSocketServer({ ...options, handleProtocols: () => PORT_CHANNELS_PROTOCOL })
  // RFC 6455 has no slash in the name of a protocol, Kubernetes has: the library never gets to see it.
  const tunnels = new WebSocketServer(options)
  tunnels.on("headers", (headers) => headers.push(`Sec-WebSocket-Protocol: ${TUNNEL_PROTOCOL}`))
  const accept = (server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer) =>
    new Promise<WebSocket>((resolve) => server.handleUpgrade(request, socket, head, resolve))

  return {
    async agree(asked, request, socket, head) {
      const { headers } = request
      if (/^spdy\/3\.1$/i.test(headers.upgrade ?? "")) {
        const wanted = asked === "portforward" ? PORT_FORWARD_PROTOCOL : EXEC_STREAM_PROTOCOL
        if (!listed(headers["x-stream-protocol-version"]).includes(wanted)) return refused([wanted])
        return ok(upgradeToSpdy(socket, head, wanted))
      }
      const offered = listed(headers["sec-websocket-protocol"])
      if (asked === "portforward" && offered.includes(TUNNEL_PROTOCOL)) {
        delete headers["sec-websocket-protocol"]
        return ok({ kind: "tunnel", socket: await accept(tunnels, request, socket, head) })
      }
      const wanted: readonly string[] = asked === "portforward" ? [PORT_CHANNELS_PROTOCOL] : EXEC_PROTOCOLS
      if (!offered.some((each) => wanted.includes(each))) return refused(wanted)
      const chosen = asked === "portforward" ? portChannels : channels
      return ok({ kind: "channels", socket: await accept(chosen, request, socket, head) })
    },
  }
}
