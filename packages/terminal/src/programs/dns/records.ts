import type { DnsAnswer, DnsType } from "../../host.ts"
import type { Run } from "../program.ts"

/** `10.96.0.10` as `10.0.96.10.in-addr.arpa.` */
export const reverseName = (ip: string): string => `${ip.split(".").reverse().join(".")}.in-addr.arpa.`

export const isAddress = (text: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(text)

export const ask = (run: Run, name: string, type: DnsType, search: boolean): DnsAnswer =>
  run.scope.world.host.network.resolve(run.scope.shell.station.machine.origin, name, type, search)

const TYPES: readonly string[] = ["A", "AAAA", "SRV", "PTR", "CNAME"]

export const isType = (text: string): text is DnsType => TYPES.includes(text)

/** How long dig and nslookup try a server that does not answer: three times five seconds. */
export const SILENT_SERVER_MS = 15_000

/** Text up to a column: tabs, or one blank when it is past (BIND `lib/dns/master.c`, style of dig and host). */
const upTo = (text: string, stop: number): string => {
  if (text.length >= stop) return `${text} `
  let column = text.length
  let padded = text
  while (column < stop) {
    padded += "\t"
    column = Math.floor(column / 8) * 8 + 8
  }
  return padded
}

/** Columns of class, type and data in BIND's output. */
const CLASS_AT = 32
const TYPE_AT = 40
const DATA_AT = 48

/** Joins fields at their columns; tabs count as BIND counts them. */
const inColumns = (first: string, rest: readonly (readonly [stop: number, text: string])[]): string => {
  let line = first
  let column = first.length
  for (const [stop, text] of rest) {
    const gap = upTo(" ".repeat(column), stop).slice(column)
    line += gap + text
    column = (gap === " " ? column + 1 : Math.ceil(stop / 8) * 8) + text.length
  }
  return line
}

export const questionLine = (name: string, type: DnsType): string =>
  `${inColumns(`;${name}`, [
    [CLASS_AT, "IN"],
    [TYPE_AT, type],
  ])}\n`

export const recordLine = (record: DnsAnswer["records"][number]): string =>
  `${inColumns(withDot(record.name), [
    [24, String(record.ttl)],
    [CLASS_AT, "IN"],
    [TYPE_AT, record.type],
    [DATA_AT, record.data],
  ])}\n`

export const withDot = (name: string): string => (name.endsWith(".") ? name : `${name}.`)

/** A query's id means nothing to a reader; made from the name so that the same session prints the same. */
export const messageId = (name: string): number => {
  let id = 7
  for (const character of name) id = (id * 31 + character.charCodeAt(0)) % 65_536
  return id
}

/** Bytes of a name in a DNS message. */
const nameBytes = (name: string): number => withDot(name).length + 1

const dataBytes = ({ type, data }: DnsAnswer["records"][number]): number =>
  type === "A"
    ? 4
    : type === "AAAA"
      ? 16
      : type === "SRV"
        ? 6 + nameBytes(data.split(" ").at(-1) ?? "")
        : nameBytes(data)

/** The start of authority that CoreDNS adds when a name does not exist: zone, header, server, mailbox, five numbers. */
const AUTHORITY_BYTES = 93

/** Size of the answer to a question, names written out as CoreDNS does (RFC 1035 section 4). */
export const messageBytes = (question: string, answer: DnsAnswer): number =>
  12 +
  nameBytes(question) +
  4 +
  answer.records.reduce((sum, record) => sum + nameBytes(record.name) + 10 + dataBytes(record), 0) +
  (answer.rcode === "NXDOMAIN" ? AUTHORITY_BYTES : 0)
