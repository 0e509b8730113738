import { createHash, timingSafeEqual } from "node:crypto"
import type { IncomingHttpHeaders } from "node:http"
import type { KubeResponse } from "@pilotage/kube-model"
import { forbidden, unauthorized } from "./refusals.ts"

/** The names under which this machine reaches itself. A page that had its own name point here still sends that name. */
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"])

const isLoopback = (host: string): boolean => LOOPBACK.has(host.replace(/:\d{1,5}$/, "").toLowerCase())

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()

/**
 * Who may ask: those who call this machine by a loopback name (any port, for tunnels), are no web page of another
 * origin, and bring the token. Absent answer: come in.
 */
export const gateFor = (token: string): ((headers: IncomingHttpHeaders) => KubeResponse | undefined) => {
  const wanted = digest(`Bearer ${token}`)
  return ({ host = "", origin, authorization = "" }) => {
    if (!isLoopback(host)) return forbidden("the Host of the request is not this machine's loopback address")
    if (origin !== undefined && origin !== `https://${host}`) return forbidden("requests of web pages are not answered")
    return timingSafeEqual(digest(authorization.replace(/^bearer /i, "Bearer ")), wanted) ? undefined : unauthorized()
  }
}
