import type { IncomingMessage } from "node:http"

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
