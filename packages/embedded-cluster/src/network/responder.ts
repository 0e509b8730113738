import type { Backend } from "@pilotage/routing-core"
import type { Reply } from "../images/behaviour.ts"
import type { HttpOutcome, HttpRequest } from "./outcome.ts"
import { reasonPhrase } from "./reason-phrase.ts"
import { findServer, type ServerParts, settleReply } from "./server.ts"
import type { ParsedUrl } from "./url.ts"

const API_PORT = 6443

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

const answer = (reply: Reply, remote: { ip: string; port: number }): HttpOutcome => ({
  kind: "response",
  status: reply.status,
  statusText: reasonPhrase(reply.status),
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
    statusText: reasonPhrase(status),
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
  parts: ServerParts,
  backend: Backend,
  url: ParsedUrl,
  request: HttpRequest,
  remote: { readonly ip: string; readonly port: number },
  userAgent: string,
): HttpOutcome => {
  if (backend.healthCheck) return url.scheme === "https" ? noTls : healthCheckAnswer(backend.healthCheck, remote)
  if (backend.pod === undefined) return backend.port === API_PORT ? tlsServer(url, remote) : emptyReply
  const server = findServer(parts, backend, "TCP")
  if (!server) return emptyReply
  const { behaviour, visit } = server
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
    visit,
  )
  return settleReply(parts, server, reply) ? answer(reply, remote) : emptyReply
}
