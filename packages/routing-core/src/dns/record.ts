import type { DnsStep } from "../trace-types.ts"

/** The types that CoreDNS's plugin kubernetes has records of. */
type RecordType = DnsStep["type"] | "TXT" | "NS" | "SOA"

export interface ResourceRecord<T extends string = RecordType> {
  /** With trailing dot, as dig prints it. */
  readonly name: string
  /** Seconds. */
  readonly ttl: number
  readonly type: T
  /** In presentation form: `10.96.0.20`, `0 100 80 web.shop.svc.cluster.local.`, `"1.1.0"` with its quotes. */
  readonly data: string
}

/** A record of a type that a client in the cluster asks for. */
export type DnsRecord = ResourceRecord<DnsStep["type"]>

type ResponseCode = DnsStep["rcode"] | "REFUSED"

/** One answer on the wire, its header bits and sections. */
export interface DnsMessage {
  readonly rcode: ResponseCode
  readonly authoritative: boolean
  readonly truncated: boolean
  readonly answer: readonly ResourceRecord[]
  readonly ns: readonly ResourceRecord[]
  readonly extra: readonly ResourceRecord[]
}

/** As zone files and dig write it, fields divided by tabs: `web.shop.svc.cluster.local.	30	IN	A	10.96.0.20`. */
export const recordText = ({ name, ttl, type, data }: ResourceRecord): string => `${name}\t${ttl}\tIN\t${type}\t${data}`

export const withDot = (name: string): string => (name.endsWith(".") ? name : `${name}.`)

const DOT = 46

/** Is this name, with its trailing dot, the zone or below it? Both in lower case. */
export const isInZone = (name: string, zone: string): boolean =>
  zone === "." ||
  (name.endsWith(zone) && (name.length === zone.length || name.charCodeAt(name.length - zone.length - 1) === DOT))
