import type { KubeResponse, Status } from "@pilotage/kube-model"

/** What the server itself says before the cluster is asked, in the words of a Kubernetes API server. */
const refusal = (code: number, reason: string, message: string, headers: Readonly<Record<string, string>> = {}) => {
  const body: Status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code }
  return { status: code, headers: { "content-type": "application/json", ...headers }, body } satisfies KubeResponse
}

export const badRequest = (message: string): KubeResponse => refusal(400, "BadRequest", message)

export const unauthorized = (): KubeResponse => refusal(401, "Unauthorized", "Unauthorized")

export const forbidden = (message: string): KubeResponse => refusal(403, "Forbidden", message)

export const methodNotAllowed = (): KubeResponse =>
  refusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {
    allow: "GET, HEAD, POST, PUT, PATCH, DELETE",
  })

export const tooLarge = (limit: number): KubeResponse =>
  refusal(413, "RequestEntityTooLarge", `Request entity too large: limit is ${limit}`, { connection: "close" })

export const internalError = (message: string): KubeResponse =>
  refusal(500, "InternalError", `Internal error occurred: ${message}`)
