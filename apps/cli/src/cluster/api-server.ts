import type { IncomingMessage, RequestListener, ServerResponse } from "node:http"
import { createServer, type Server } from "node:https"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import type { Cluster } from "@pilotage/embedded-cluster"
import { isStream } from "@pilotage/kube-model"
import { gateFor } from "./gate.ts"
import { kubeRequest } from "./kube-request.ts"
import { internalError, tooLarge } from "./refusals.ts"
import { BODY_LIMIT, readBody } from "./request-body.ts"
import type { ServingCertificate } from "./serving-certificate.ts"
import { refuseUpgrade } from "./streams/refuse-upgrade.ts"
import type { Upgrades } from "./streams/upgrades.ts"
import type { WallClock } from "./wall-clock.ts"
import { writeResponse, writeStream } from "./write-answer.ts"

export interface ApiServerParts {
  readonly cluster: Cluster
  readonly clock: WallClock
  readonly token: string
  readonly certificate: ServingCertificate
  /** 0: any free one. */
  readonly port: number
  /** Told of what must not happen: the cluster threw. */
  readonly onError: (cause: unknown) => void
}

export interface ApiServer {
  readonly port: number
  /** Ends watches and logs, then all connections. */
  readonly close: () => Promise<void>
}

/** Longer than clients keep idle connections (90 s in Go), so that none writes into one that is just closing. */
const KEEP_ALIVE_MS = 120_000
const HEADERS_MS = 10_000
const REQUEST_MS = 60_000

/** For the last words of watches and logs when the server closes. */
const PARTING_MS = 500

const listenerFor = (
  { cluster, clock, token, onError }: ApiServerParts,
  streaming: Set<ServerResponse>,
): RequestListener => {
  const refuse = gateFor(token)
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/", headers } = request
    const refused = refuse(headers)
    if (refused) return writeResponse(response, refused)
    const body = await readBody(request)
    if (body === "too-large") return writeResponse(response, tooLarge(BODY_LIMIT))
    const asked = await kubeRequest({ method, url, headers, body })
    if (!asked.ok) return writeResponse(response, asked.error)
    clock.at(() => {
      const given = cluster.request(asked.value)
      if (!isStream(given)) writeResponse(response, given)
      else if (method !== "HEAD") {
        streaming.add(response)
        response.on("close", () => streaming.delete(response))
        writeStream(response, given)
      } else {
        given.close()
        writeResponse(response, { ...given, body: undefined })
      }
    })
  }
  return (request, response) => {
    answer(request, response).catch((cause: unknown) => {
      // The client left in the middle of its request: nobody to answer.
      if (request.errored) return
      onError(cause)
      if (response.headersSent) response.destroy()
      else writeResponse(response, internalError("the embedded cluster failed; this is a mistake of its own"))
    })
  }
}

/** Paths of connections with pods; any other request that could be upgraded is answered as it is. */
const CONNECTION = /\/pods\/[^/]+\/(attach|exec|portforward)(\?|$)/

interface UpgradeListener {
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly close: () => Promise<void>
}

/** Connections with pods, of which most clusters see none: what serves them is loaded with the first. */
const upgradesFor = (parts: ApiServerParts): UpgradeListener => {
  const refuse = gateFor(parts.token)
  let loading: Promise<Upgrades> | undefined
  const load = async (): Promise<Upgrades> => (await import("./streams/upgrades.ts")).createUpgrades(parts)
  return {
    onUpgrade: (request, socket, head) => {
      socket.on("error", () => socket.destroy())
      const refused = refuse(request.headers)
      if (refused) return refuseUpgrade(socket, refused)
      loading ??= load()
      loading.then(
        ({ take }) => take(request, socket, head),
        (cause: unknown) => {
          parts.onError(cause)
          socket.destroy()
        },
      )
    },
    close: async () => (await loading)?.close(),
  }
}

/** Ends an answer that goes on; resolves when its client has all of it. */
const parted = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const { socket } = response
    if (!socket) return resolve()
    socket.on("close", () => resolve())
    response.end(() => socket.destroySoon())
  })

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** Serves the API of a cluster to real clients: HTTPS on loopback, with a bearer token. Rejects when the port is taken. */
export const serveApi = async (parts: ApiServerParts): Promise<ApiServer> => {
  const { key, certificate } = parts.certificate
  const limits = { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }
  const streaming = new Set<ServerResponse>()
  const server = createServer(
    {
      key,
      cert: certificate,
      ...limits,
      shouldUpgradeCallback: ({ url = "" }) => CONNECTION.test(url),
    },
    listenerFor(parts, streaming),
  )
  const upgrades = upgradesFor(parts)
  const sockets = new Set<Duplex>()
  server.on("upgrade", (request, socket, head) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    upgrades.onUpgrade(request, socket, head)
  })
  const port = await listening(server, parts.port)
  return {
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      const late = new Promise((resolve) => setTimeout(resolve, PARTING_MS).unref())
      await upgrades.close()
      const ended = [...sockets].map((socket) => new Promise((resolve) => socket.on("close", resolve)))
      await Promise.race([Promise.all([...[...streaming].map(parted), ...ended]), late])
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await closed
    },
  }
}
