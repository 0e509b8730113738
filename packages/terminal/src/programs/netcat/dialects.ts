import type { DialOutcome } from "../../host.ts"

export interface Target {
  readonly host: string
  readonly port: number
  readonly protocol: "TCP" | "UDP"
}

export type Failure = Extract<DialOutcome, { readonly kind: "failure" }>["verdict"]

/** How one family of nc speaks. */
export interface Dialect {
  /** -v, of a connection to `ip`. */
  readonly opened: (target: Target, ip: string, numeric: boolean) => string
  /** `waited`: it gave up by itself. */
  readonly failed: (target: Target, ip: string, verdict: Failure, durationMs: number, waited: boolean) => string
  /** Says why a connection failed without being asked for more words. */
  readonly isTalkative: boolean
}

const SERVICES: Readonly<Record<number, string>> = {
  22: "ssh",
  53: "domain",
  80: "http",
  443: "https",
  3306: "mysql",
  5432: "postgresql",
  6379: "redis",
  8080: "http-alt",
}

/** Of connect(2), as glibc writes it. A neighbour that is not there takes its time to be missed. */
const errnoWords = (verdict: Failure, durationMs: number): string => {
  if (verdict === "refused") return "Connection refused"
  if (verdict === "unreachable") return durationMs < 1000 ? "Network is unreachable" : "No route to host"
  return verdict === "timeout" ? "Connection timed out" : "Connection reset by peer"
}

export const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host)

/** OpenBSD's, as Debian packs it. */
const openbsd: Dialect = {
  opened: ({ host, port, protocol }, ip, numeric) => {
    const where = isAddress(host) ? host : `${host} (${ip})`
    const service = numeric ? "*" : (SERVICES[port] ?? "*")
    return `Connection to ${where} ${port} port [${protocol.toLowerCase()}/${service}] succeeded!\n`
  },
  failed: ({ host, port, protocol }, ip, verdict, durationMs, waited) => {
    if (verdict === "name-not-found")
      return `nc: getaddrinfo for host "${host}" port ${port}: Name or service not known\n`
    const where = isAddress(host) ? host : `${host} (${ip})`
    const how =
      waited && verdict === "timeout"
        ? "timed out: Operation now in progress"
        : `failed: ${errnoWords(verdict, durationMs)}`
    return `nc: connect to ${where} port ${port} (${protocol.toLowerCase()}) ${how}\n`
  },
  isTalkative: false,
}

/** BusyBox's. */
const busybox: Dialect = {
  opened: ({ host, port }, ip) => `${host} (${ip}:${port}) open\n`,
  failed: ({ host, port }, ip, verdict, durationMs, waited) => {
    if (verdict === "name-not-found") return `nc: bad address '${host}'\n`
    if (waited && verdict === "timeout") return "nc: timed out\n"
    const words = verdict === "timeout" ? "Operation timed out" : errnoWords(verdict, durationMs)
    return `nc: ${host} (${ip}:${port}): ${words}\n`
  },
  isTalkative: true,
}

export const dialectOf = (userland: "gnu" | "busybox"): Dialect => (userland === "busybox" ? busybox : openbsd)
