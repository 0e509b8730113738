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
