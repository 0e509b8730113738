import { createServer, type Server } from "node:http"
import { join } from "node:path"
import { startRunner } from "@pilotage/lab-runner"
import next from "next"

export interface SiteOptions {
  readonly port: number
  readonly dataFolder: string
  readonly databaseUrl: string
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

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** The one process behind `pnpm start`: pages and API on one origin, on loopback. */
export const serveSite = async ({ port, dataFolder, databaseUrl }: SiteOptions): Promise<Site> => {
  const dir = import.meta.dirname
  const app = next({ dev: false, dir, port, hostname: "localhost" })
  const [runner] = await Promise.all([
    startRunner({ dataFolder, databaseUrl, labsFolder: join(dir, "../../labs") }),
    app.prepare(),
  ])
  const pages = app.getRequestHandler()
  const servers: Server[] = []
  for (const host of LOOPBACK) {
    const server = createServer((request, response) => {
      if (!runner.handle(request, response)) void pages(request, response)
    })
    try {
      await listen(server, port, host)
      servers.push(server)
    } catch (error) {
      // A machine without IPv6 has one loopback address, and that is enough.
      if (servers.length === 0) throw error
    }
  }
  return {
    async close() {
      await Promise.all(servers.map(closeServer))
      await Promise.all([runner.close(), app.close()])
    },
  }
}
