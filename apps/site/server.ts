import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { join } from "node:path"
import type { Runner } from "@pilotage/lab-runner"
import next from "next"

export interface SiteOptions {
  readonly port: number
  readonly dataFolder: string
  readonly databaseUrl: string
  /** Host names besides the loopback ones under which a proxy passes requests on. */
  readonly hosts: readonly string[]
}

export interface Site {
  readonly close: () => Promise<void>
}

/** Both loopback addresses: `localhost` means one to some programs and the other to others. */
const LOOPBACK = ["127.0.0.1", "::1"]

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, resolve)
  })

const isAbsentAddress = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const serve = async (port: number, answer: Answer): Promise<readonly Server[]> => {
  const servers: Server[] = []
  for (const host of LOOPBACK) {
    const server = createServer((request, response) => void answer(request, response))
    try {
      await listen(server, port, host)
      servers.push(server)
    } catch (error) {
      // A machine without IPv6 has one loopback address, and that is enough.
      if (servers.length === 0 || !isAbsentAddress(error)) throw error
    }
  }
  return servers
}

/**
 * The one process behind `pnpm start`: pages and API on one origin, on loopback. Pages are served first; the API's modules
 * are read after that, and its requests wait so long. Resolves when both answer.
 */
export const serveSite = async ({ port, dataFolder, databaseUrl, hosts }: SiteOptions): Promise<Site> => {
  const dir = import.meta.dirname
  const app = next({ dev: false, dir, port, hostname: "localhost" })
  await app.prepare()
  const pages = app.getRequestHandler()
  const api = Promise.withResolvers<Runner>()
  const servers = await serve(port, async (request, response) => {
    if (request.url?.startsWith("/api/") && (await api.promise).handle(request, response)) return
    try {
      await pages(request, response)
    } catch (error) {
      ;(await api.promise).reportError(error, "a page failed")
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" })
      response.end("This page could not be made. The reason is in the server's log.\n")
    }
  })
  const { startRunner } = await import("@pilotage/lab-runner")
  const runner = await startRunner({ dataFolder, databaseUrl, hosts, labsFolder: join(dir, "../../labs") })
  api.resolve(runner)
  return {
    async close() {
      await Promise.all(servers.map(closeServer))
      await Promise.all([runner.close(), app.close()])
    },
  }
}
