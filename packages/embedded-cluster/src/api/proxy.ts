import {
  type Endpoints,
  err,
  type KubeAnswer,
  type KubeObject,
  type KubeRequest,
  ok,
  type Pod,
  type Result,
  type Service,
  type Status,
} from "@pilotage/kube-model"
import type { Origin } from "@pilotage/routing-core"
import type { HttpExchange, HttpRequest } from "../cluster.ts"
import type { StoreView } from "../store-types.ts"
import { askerOf, isAdministrator } from "./asker.ts"
import { badRequest, failure, notFound, statusAnswer } from "./status.ts"

interface ProxyParts {
  readonly view: StoreView
  /** Sends a request over the data plane; it is logged there, and with it everything that this one changes. */
  readonly send: (from: Origin, request: HttpRequest) => HttpExchange
  /** Which of several endpoints, as a whole number. */
  readonly pick: number
}

const PROXY_PATH = /^\/api\/v1\/namespaces\/([^/?]+)\/(pods|services)\/([^/?]+)\/proxy(\/[^?]*)?(\?.*)?$/

interface Passage {
  readonly scheme: string
  readonly ip: string
  readonly port: string
}

const unavailable = (message: string): Status => failure(503, "ServiceUnavailable", message)

/** `name`, `name:port` and `scheme:name:port` (apimachinery net.SplitSchemeNamePort). */
const splitName = (
  id: string,
): { readonly scheme: string; readonly name: string; readonly port: string } | undefined => {
  const parts = id.split(":")
  const [scheme, name, port] = parts.length === 3 ? parts : ["", ...parts, ""]
  if (parts.length > 3 || !name || port === undefined) return undefined
  return ["", "http", "https"].includes(scheme ?? "") ? { scheme: scheme || "http", name, port } : undefined
}

/** Not through the Service's own address: the API server takes one of its endpoints (registry/core/service/storage). */
const ofService = (
  service: Service,
  endpoints: Endpoints | undefined,
  id: string,
  scheme: string,
  asked: string,
  pick: number,
): Result<Passage, Status> => {
  const { name } = service.metadata
  const number = /^\d+$/.test(asked) ? Number(asked) : undefined
  const known = (service.spec.ports ?? []).find((each) => each.port === number)
  if (number !== undefined && !known) return err(unavailable(`no service port ${number} found for service "${name}"`))
  const portName = number === undefined ? asked : (known?.name ?? "")
  const subsets = endpoints?.subsets ?? []
  if (subsets.length === 0) return err(unavailable(`no endpoints available for service "${name}"`))
  const choices = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports
      .filter((port) => (port.name ?? "") === portName)
      .flatMap((port) => addresses.map(({ ip }) => ({ scheme, ip, port: String(port.port) }))),
  )
  const chosen = choices[pick % Math.max(1, choices.length)]
  return chosen ? ok(chosen) : err(unavailable(`no endpoints available for service "${id}"`))
}

/** Without a port it is the first that a container tells of (registry/core/pod/strategy.go ResourceLocation). */
const ofPod = (pod: Pod, scheme: string, asked: string): Result<Passage, Status> => {
  const first = pod.spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort
  const ip = pod.status?.podIP
  if (!ip) return err(badRequest("address not allowed"))
  return ok({ scheme, ip, port: asked || String(first ?? "") })
}

const passageTo = (
  { view, pick }: ProxyParts,
  resource: "pods" | "services",
  namespace: string,
  id: string,
): Result<Passage, Status> => {
  const parts = splitName(id)
  if (!parts) return err(badRequest(`invalid ${resource === "pods" ? "pod" : "service"} request ${JSON.stringify(id)}`))
  const { scheme, name, port } = parts
  if (resource === "pods") {
    const pod = view.get("pods", namespace, name)
    return pod ? ofPod(pod, scheme, port) : err(notFound({ resource, group: "", name }))
  }
  const service = view.get("services", namespace, name)
  if (!service) return err(notFound({ resource, group: "", name }))
  return ofService(service, view.get("endpoints", namespace, name), id, scheme, port, pick)
}

/** What Go's dialer says of a connection that did not come about. */
const dialError = (
  { ip, port }: Passage,
  { exitCode }: Extract<HttpExchange["outcome"], { readonly kind: "failure" }>,
) => {
  const dial = `dial tcp ${ip}:${port}: `
  switch (exitCode) {
    case 7:
      return `${dial}connect: connection refused`
    case 28:
      return `${dial}i/o timeout`
    case 52:
      return "EOF"
    default:
      return `${dial}connect: no route to host`
  }
}

/** The API server runs on the first node of the control plane, in that node's network. */
const apiServerOf = (view: StoreView): Origin => {
  const nodes: readonly KubeObject[] = view.list("nodes")
  const own = nodes.find(({ metadata }) => "node-role.kubernetes.io/control-plane" in (metadata.labels ?? {}))
  return { kind: "node", name: (own ?? nodes[0])?.metadata.name ?? "" }
}

const VERBS: Readonly<Record<string, string>> = {
  GET: "get",
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
}

const forbidden = (username: string, method: string, resource: string, namespace: string, name: string): Status =>
  failure(
    403,
    "Forbidden",
    `${resource} "${name}" is forbidden: User "${username}" cannot ${VERBS[method]} resource "${resource}/proxy" in API group "" in the namespace "${namespace}"`,
    { name, kind: resource },
  )

const textOf = (body: KubeRequest["body"]): string | undefined => {
  if (body === undefined || typeof body === "string") return body
  return body instanceof Uint8Array ? undefined : JSON.stringify(body)
}

const lowerCase = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/**
 * A request through the API server to a pod, or to an endpoint of a Service, over the data plane; undefined: the request
 * is for something else. Failures are 503 in the words of apimachinery's proxy.
 */
export const proxyAnswer = (parts: ProxyParts, given: KubeRequest): KubeAnswer | undefined => {
  const match = PROXY_PATH.exec(given.path)
  if (!match) return undefined
  const [, namespace = "", kind = "", encoded = "", rest, query = ""] = match
  const resource = kind === "pods" ? "pods" : "services"
  const id = encoded.replaceAll(/%3a/gi, ":")
  const asker = askerOf(given.headers ?? {})
  if (!isAdministrator(asker)) return statusAnswer(forbidden(asker.username, given.method, resource, namespace, id))
  const passage = passageTo(parts, resource, namespace, id)
  if (!passage.ok) return statusAnswer(passage.error)
  if (rest === undefined && given.method === "GET")
    return { status: 301, headers: { location: given.path.replace(/\/proxy/, "/proxy/") }, body: "" }
  const { scheme, ip, port } = passage.value
  const host = ip.includes(":") ? `[${ip}]` : ip
  const body = textOf(given.body)
  const { "content-type": type, accept = "*/*", "user-agent": agent } = given.headers ?? {}
  const { outcome } = parts.send(apiServerOf(parts.view), {
    method: given.method,
    url: `${scheme}://${host}${port === "" ? "" : `:${port}`}${rest ?? "/"}${query}`,
    headers: {
      accept,
      ...(agent === undefined ? {} : { "user-agent": agent }),
      ...(type === undefined ? {} : { "content-type": type }),
      "x-forwarded-uri": given.path.replace(/\?.*/, ""),
    },
    ...(body === undefined ? {} : { body }),
  })
  if (outcome.kind === "failure")
    return statusAnswer(
      unavailable(`error trying to reach service: ${dialError({ ...passage.value, port: port || "80" }, outcome)}`),
    )
  const { "content-length": _, ...headers } = lowerCase(outcome.headers)
  return {
    status: outcome.status,
    headers: { "cache-control": "no-cache, private", ...headers },
    body: outcome.body,
  }
}
