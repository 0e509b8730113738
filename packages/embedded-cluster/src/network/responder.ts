import type { Pod } from "@pilotage/kube-model"
import type { Backend } from "@pilotage/routing-core"
import type { Reply } from "../images/behaviour.ts"
import { behaviourOf } from "../images/registry.ts"
import { endProcess, logKey } from "../kubelet/kubelet.ts"
import { appendLine, type KubeletState } from "../kubelet/kubelet-state.ts"
import { openSockets } from "../kubelet/probe.ts"
import type { StoreView } from "../store-types.ts"
import type { HttpOutcome, HttpRequest } from "./outcome.ts"
import type { ParsedUrl } from "./url.ts"

export interface ResponderParts {
  readonly view: StoreView
  readonly kubelets: KubeletState
  readonly now: number
  /** The client's port. */
  readonly sourcePort: number
  /** A process ended because it was told to. */
  readonly onExit: (key: string) => void
}

const API_PORT = 6443

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  400: "Bad Request",
  404: "Not Found",
  405: "Not Allowed",
  418: "I'm a teapot",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
}

const emptyReply: HttpOutcome = { kind: "failure", exitCode: 52, message: "Empty reply from server" }
const noTls: HttpOutcome = {
  kind: "failure",
  exitCode: 35,
  message: "error:0A00010B:SSL routines::wrong version number",
}

/** A certificate of the control plane is signed by the cluster's own authority, which curl does not know. */
const tlsServer = (url: ParsedUrl, remote: { ip: string; port: number }): HttpOutcome =>
  url.scheme === "https"
    ? { kind: "failure", exitCode: 60, message: "SSL certificate problem: unable to get local issuer certificate" }
    : {
        kind: "response",
        status: 400,
        statusText: "Bad Request",
        headers: {},
        body: "Client sent an HTTP request to an HTTPS server.\n",
        remote,
      }

const lowerCase = (headers: Readonly<Record<string, string>> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))

/** Which container of a pod listens on a port, and since when it runs. */
const listener = (pod: Pod, kubelets: KubeletState, port: number, now: number) => {
  const run = kubelets.runs.get(`${pod.metadata.namespace}/${pod.metadata.name}`)
  for (const [index, container] of pod.spec.containers.entries()) {
    const each = run?.containers[index]
    const behaviour = each?.state === "running" ? behaviourOf(container) : undefined
    if (!behaviour || each?.startedAt === undefined) continue
    const sockets = openSockets(behaviour, each.startedAt, now)
    if (sockets.some((socket) => socket.port === port && socket.protocol === "TCP"))
      return { container, behaviour, startedAt: each.startedAt }
  }
  return undefined
}

const answer = (reply: Reply, remote: { ip: string; port: number }): HttpOutcome => ({
  kind: "response",
  status: reply.status,
  statusText: REASONS[reply.status] ?? "",
  headers: reply.headers,
  body: reply.body,
  remote,
})

/** kube-proxy's own answer to a load balancer that asks whether the node has endpoints (kubernetes 1.36 pkg/proxy/healthcheck). */
const healthCheckAnswer = (
  { service, status, localEndpoints }: NonNullable<Backend["healthCheck"]>,
  remote: { readonly ip: string; readonly port: number },
): HttpOutcome => {
  const { namespace, name } = service
  return {
    kind: "response",
    status,
    statusText: REASONS[status] ?? "",
    headers: {
      "Content-Type": "application/json",
      "X-Content-Type-Options": "nosniff",
      "X-Load-Balancing-Endpoint-Weight": String(localEndpoints),
    },
    body: JSON.stringify({ service: { namespace, name }, localEndpoints, serviceProxyHealthy: true }, null, "\t"),
    remote,
  }
}

/** What comes back from the backend that a connection was delivered to. */
export const respond = (
  parts: ResponderParts,
  backend: Backend,
  url: ParsedUrl,
  request: HttpRequest,
  remote: { readonly ip: string; readonly port: number },
  userAgent: string,
): HttpOutcome => {
  const { view, kubelets, now } = parts
  if (backend.healthCheck) return url.scheme === "https" ? noTls : healthCheckAnswer(backend.healthCheck, remote)
  const pod = backend.pod === undefined ? undefined : view.get("pods", backend.namespace ?? "", backend.pod)
  if (!pod) return backend.port === API_PORT ? tlsServer(url, remote) : emptyReply
  const found = listener(pod, kubelets, backend.port, now)
  if (!found) return emptyReply
  const { container, behaviour, startedAt } = found
  if (behaviour.isTls) return tlsServer(url, remote)
  if (url.scheme === "https") return noTls
  if (!behaviour.respond) return emptyReply
  const reply = behaviour.respond(
    {
      method: request.method,
      path: url.path,
      headers: { "user-agent": userAgent, accept: "*/*", host: url.hostHeader, ...lowerCase(request.headers) },
      body: request.body ?? "",
    },
    {
      hostname: pod.spec.hostNetwork ? (pod.spec.nodeName ?? "") : (pod.spec.hostname ?? pod.metadata.name),
      podIP: pod.status?.podIP ?? backend.ip,
      source: { ip: backend.sourceSeen, port: parts.sourcePort },
      port: backend.port,
      now,
      startedAt,
    },
  )
  if (reply.log !== undefined)
    appendLine(kubelets, logKey(pod.metadata.uid, container.name), { at: now, text: reply.log })
  if (reply.exits === undefined) return answer(reply, remote)
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`
  if (endProcess(kubelets, key, container.name, reply.exits, now)) parts.onExit(key)
  return emptyReply
}
