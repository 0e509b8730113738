import type { IncomingMessage } from "node:http"

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"])

/** Is this request for a name of this machine's own? A page elsewhere can point a name of its own at our address. */
export const isForThisMachine = ({ headers }: Pick<IncomingMessage, "headers">): boolean => {
  const url = `http://${headers.host}`
  return headers.host !== undefined && URL.canParse(url) && LOOPBACK_HOSTS.has(new URL(url).hostname)
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
