import { type IncomingMessage, request as requestHttp } from "node:http"
import { type RequestOptions, request as requestHttps } from "node:https"
import { err, ok, type Result } from "@pilotage/kube-model"
import type { SourceError } from "../source-error.ts"
import type { Access } from "./kubeconfig.ts"

const TIMEOUT_MS = 30_000

export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
}

/** Reads one path of an API server: `/api/v1/pods?limit=500`. Errors are those of the way there. */
export type ReadApi = (path: string) => Promise<Result<ApiAnswer, SourceError>>

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses the connection",
  ENOTFOUND: "has a name that does not resolve",
  EAI_AGAIN: "has a name that does not resolve now",
  ETIMEDOUT: "does not answer",
  ECONNRESET: "closes the connection",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
}

const unreachable = ({ server, context, kubectl, otherContexts }: Access, cause: unknown): SourceError => {
  const said = cause instanceof Error ? cause.message : String(cause)
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  if (said.startsWith("HTTP protocol is not allowed"))
    return {
      message: `the API server ${server} of context ${context} is reached without encryption, which would show your credentials`,
      fix: "Use its https address; or accept it with insecure-skip-tls-verify: true for this cluster in the kubeconfig.",
    }
  const other = otherContexts.length > 0 ? ` Other contexts: ${otherContexts.join(", ")}.` : ""
  return {
    message: `the API server ${server} of context ${context} ${WORDS[code] ?? `cannot be asked: ${said}`}`,
    fix: `Is the cluster running, and does ${kubectl} get nodes work?${other}`,
  }
}

const bodyOf = async (response: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString("utf8")
  return text.startsWith("{") ? JSON.parse(text) : text
}

const answered = (url: URL, options: RequestOptions): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === "http:" ? requestHttp : requestHttps
    const sent = request(url, { ...options, timeout: TIMEOUT_MS }, resolve)
    sent.on("timeout", () => sent.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" })))
    sent.on("error", reject)
    sent.end()
  })

/** `kubectl proxy` on this machine: nothing to keep secret, so nothing to encrypt. */
const needsNoCredentials = ({ server, config }: Access): boolean => {
  const { name, ...credentials } = config.getCurrentUser() ?? { name: "" }
  return server.startsWith("http:") && Object.values(credentials).every((each) => each === undefined)
}

/** Asks with the credentials of the context: certificates, tokens, passwords or the program that the kubeconfig names. */
export const apiReader = (access: Access): ReadApi => {
  const credentials: RequestOptions = {}
  let ready: Promise<void> | undefined
  return async (path) => {
    try {
      ready ??= needsNoCredentials(access) ? Promise.resolve() : access.config.applyToHTTPSOptions(credentials)
      await ready
      const url = new URL(`${access.server.replace(/\/$/, "")}${path}`)
      const headers = { accept: "application/json", ...credentials.headers }
      const response = await answered(url, { ...credentials, headers, method: "GET" })
      return ok({ status: response.statusCode ?? 0, body: await bodyOf(response) })
    } catch (cause) {
      return err(unreachable(access, cause))
    }
  }
}
