import type { IncomingHttpHeaders } from "node:http"
import { err, type KubeRequest, type KubeResponse, ok, type Result } from "@pilotage/kube-model"
import { badRequest, methodNotAllowed } from "./refusals.ts"
import { parseYamlBody } from "./yaml-body.ts"

/** HEAD is answered like GET, without the body. */
const METHODS: ReadonlyMap<string, KubeRequest["method"]> = new Map([
  ["GET", "GET"],
  ["HEAD", "GET"],
  ["POST", "POST"],
  ["PUT", "PUT"],
  ["PATCH", "PATCH"],
  ["DELETE", "DELETE"],
])

/** The headers that the API reads; above all no credentials come into the log of inputs. */
const PASSED_ON = [
  "accept",
  "content-type",
  "if-none-match",
  "impersonate-group",
  "impersonate-user",
  "user-agent",
] as const

const headersOf = (headers: IncomingHttpHeaders): Record<string, string> => {
  const passed: Record<string, string> = {}
  for (const name of PASSED_ON) {
    const value = headers[name]
    if (value !== undefined) passed[name] = Array.isArray(value) ? value.join(",") : value
  }
  return passed
}

/** `/api/v1/pods?limit=5`, also out of `http://host/api/v1/pods?limit=5`, which is what a proxy is sent. */
const pathOf = (url: string): string | undefined => {
  if (url.startsWith("/")) return url
  const path = /^https?:\/\/[^/?#]*(\/.*)?$/i.exec(url)
  return path ? (path[1] ?? "/") : undefined
}

const YAML_TYPES: ReadonlySet<string> = new Set(["application/yaml", "application/apply-patch+yaml"])

interface Message {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The cluster reads JSON and protobuf by itself, and knows best what to say of their mistakes. */
const bodyOf = async (type: string, body: Buffer): Promise<Result<KubeRequest["body"], KubeResponse>> => {
  if (body.length === 0) return ok(undefined)
  if (type === "application/vnd.kubernetes.protobuf") return ok(body)
  const text = body.toString("utf8")
  if (!YAML_TYPES.has(type) || /^\s*\{/.test(text)) return ok(text)
  const parsed = await parseYamlBody(text)
  return parsed.ok ? parsed : err(badRequest(parsed.error))
}

/** An HTTP request as the cluster understands it, or why it is none. */
export const kubeRequest = async (message: Message): Promise<Result<KubeRequest, KubeResponse>> => {
  const { method, url, headers, body } = message
  const known = METHODS.get(method)
  if (!known) return err(methodNotAllowed())
  const path = pathOf(url)
  if (path === undefined) return err(badRequest("the request's target is no path"))
  const passed = headersOf(headers)
  const type = (passed["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
  const read = await bodyOf(type, body)
  if (!read.ok) return read
  const asJson = type === "application/yaml" ? { ...passed, "content-type": "application/json" } : passed
  return ok({ method: known, path, headers: asJson, ...(read.value === undefined ? {} : { body: read.value }) })
}
