import { mkdtempSync, rmSync } from "node:fs"
import type { IncomingMessage } from "node:http"
import { Agent, type RequestOptions, request } from "node:https"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { type Cluster, type ClusterOptions, createCluster } from "@pilotage/embedded-cluster"
import { serveApi } from "../cluster/api-server.ts"
import { writeKubeconfig } from "../cluster/kubeconfig-file.ts"
import { servingCertificate } from "../cluster/serving-certificate.ts"
import { followWallClock, systemTime } from "../cluster/wall-clock.ts"

const TOKEN = "pass"

interface Said {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly text: string
  /** The body as JSON; `{}` when it is none. */
  readonly body: Record<string, unknown>
}

export interface ServedCluster {
  readonly cluster: Cluster
  readonly server: string
  readonly kubeconfig: string
  /** What the server told of its own mistakes. */
  readonly errors: readonly unknown[]
  /** Sends a request with the token; more headers, or others, as given. */
  readonly open: (
    method: string,
    path: string,
    options?: RequestOptions,
    body?: string | Buffer,
  ) => Promise<IncomingMessage>
  readonly ask: (method: string, path: string, options?: RequestOptions, body?: string | Buffer) => Promise<Said>
  readonly close: () => Promise<void>
}

const jsonOf = (said: string): Record<string, unknown> => (said.startsWith("{") ? JSON.parse(said) : {})

/** A cluster behind a real HTTPS server, as `pilotage cluster start` runs it. */
export const serveCluster = async (options: Partial<ClusterOptions> = {}): Promise<ServedCluster> => {
  const created = createCluster({ seed: 1, topology: { nodes: 3 }, startTime: systemTime.now(), ...options })
  if (!created.ok) throw new Error(`${created.error.path}: ${created.error.message}`)
  const cluster = created.value
  const clock = followWallClock(cluster, systemTime)
  const certificate = servingCertificate(systemTime.now())
  const errors: unknown[] = []
  const api = await serveApi({
    cluster,
    clock,
    token: TOKEN,
    certificate,
    port: 0,
    onError: (cause) => errors.push(cause),
  })
  const server = `https://127.0.0.1:${api.port}`
  const folder = mkdtempSync(join(tmpdir(), "pilotage-served-"))
  const kubeconfig = writeKubeconfig(join(folder, "kubeconfig"), {
    server,
    token: TOKEN,
    authority: certificate.certificate,
  })
  if (!kubeconfig.ok) throw new Error(kubeconfig.error)
  const agent = new Agent({ keepAlive: true, ca: certificate.certificate })
  const open: ServedCluster["open"] = (method, path, { headers, ...more } = {}, body) =>
    new Promise((resolve, reject) => {
      const authorized = { authorization: `Bearer ${TOKEN}`, ...(headers as Record<string, string>) }
      const sent = request(server, { method, path, agent, headers: authorized, ...more }, resolve)
      sent.on("error", reject)
      sent.end(body)
    })
  return {
    cluster,
    server,
    kubeconfig: kubeconfig.value.path,
    errors,
    open,
    ask: async (...asked) => {
      const response = await open(...asked)
      const said = await text(response)
      return { status: response.statusCode ?? 0, headers: response.headers, text: said, body: jsonOf(said) }
    },
    close: async () => {
      clock.stop()
      await api.close()
      agent.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}
