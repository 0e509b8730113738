import type { IncomingMessage } from "node:http"

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"])

/**
 * Is this request for a loopback name, or one of the host names that the operator gave us? A page elsewhere can point a
 * name of its own at our address, and would then look like a page of ours.
 */
export const isForUs = ({ headers }: Pick<IncomingMessage, "headers">, hosts: readonly string[]): boolean => {
  const url = `http://${headers.host}`
  if (headers.host === undefined || !URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return LOOPBACK_HOSTS.has(hostname) || hosts.includes(hostname)
}

/**
 * Is this request from a page of ours? A browser says where a request comes from; one that says another origin, or a site
 * other than its own, is a page elsewhere that reaches for us.
 */
export const isFromOwnPage = ({ headers }: Pick<IncomingMessage, "headers">): boolean => {
  const site = headers["sec-fetch-site"]
  if (site !== undefined && site !== "same-origin" && site !== "none") return false
  if (headers.origin === undefined) return true
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host
}
