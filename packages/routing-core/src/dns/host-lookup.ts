import { canonicalIP } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { Sender } from "../path/sender.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Certainty } from "../trace-types.ts"
import type { DnsOutage } from "./dns-outage.ts"
import { hostsEntries } from "./hosts-file.ts"
import { askInTurn } from "./query-names.ts"
import type { DnsRecord } from "./record.ts"
import { askServers, clientOf, type LookupStep } from "./resolver.ts"
import type { ServerAnswer } from "./server-answer.ts"

/** What a program gets that asks for a host by name, as curl does. */
export interface HostLookup {
  readonly steps: readonly LookupStep[]
  /** Those that are tried first, all of one family; none when the name does not resolve. Canonical. */
  readonly addresses: readonly string[]
  /** Those of the other family, to which a program turns when the first cannot be reached. */
  readonly otherAddresses: readonly string[]
  readonly certainty: Certainty
  /** What gave the addresses, or the last that did not. */
  readonly rule: Rule
  readonly cause?: Cause
  /** Set when no server answered: the reason. */
  readonly outage?: DnsOutage
}

const NONE: readonly never[] = []

const hasIPv6 = (sender: Sender): boolean => {
  if (sender.ip.includes(":")) return true
  const second = sender.kind === "pod" ? sender.pod.secondIP : sender.kind === "node" ? sender.node.secondIP : undefined
  return second?.includes(":") ?? false
}

/** IPv6 first where the client has such an address, else IPv4 (RFC 6724; glibc without gai.conf). */
const inOrder = (
  sender: Sender,
  v4: readonly string[],
  v6: readonly string[],
): Pick<HostLookup, "addresses" | "otherAddresses"> =>
  v4.length === 0 || (v6.length > 0 && hasIPv6(sender))
    ? { addresses: v6, otherAddresses: v4 }
    : { addresses: v4, otherAddresses: v6 }

const without = (addresses: Pick<HostLookup, "addresses" | "otherAddresses">, rule: Rule): HostLookup => ({
  steps: NONE,
  ...addresses,
  certainty: "certain",
  rule,
})

const addressesIn = (answer: ServerAnswer | undefined, type: DnsRecord["type"]): readonly string[] => {
  const found: string[] = []
  for (const record of answer?.records ?? NONE) if (record.type === type) found.push(record.data)
  return found
}

/**
 * Name to addresses, as getaddrinfo does it: an address is taken as it is, /etc/hosts comes before DNS, and every name of
 * the search list is asked for A and AAAA until one has an address or an alias. `steps` stays empty unless `explain`.
 */
export const lookUpHost = (indexes: Indexes, sender: Sender, name: string, explain: boolean): HostLookup => {
  const literal = canonicalIP(name)
  if (literal !== undefined) return without({ addresses: [literal], otherAddresses: NONE }, "R1")
  const listed = hostsEntries(indexes, sender, name)
  if (listed.length > 0) {
    const isV6 = (ip: string): boolean => ip.includes(":")
    const v4 = listed.filter((ip) => !isV6(ip))
    // 127.0.0.1 and ::1 are the same machine, and servers that listen on every address answer on both.
    return without(
      v4[0] === "127.0.0.1"
        ? { addresses: v4, otherAddresses: listed.filter(isV6) }
        : inOrder(sender, v4, listed.filter(isV6)),
      "R15",
    )
  }
  const client = clientOf(indexes, sender)
  const steps: LookupStep[] | undefined = explain ? [] : undefined
  let v4: readonly string[] = NONE
  let v6: readonly string[] = NONE
  let last: ServerAnswer | undefined
  askInTurn(client.conf, name, true, (query) => {
    const a = askServers(client, query, "A", steps)
    const aaaa = askServers(client, query, "AAAA", steps)
    last = a
    v4 = addressesIn(a, "A")
    v6 = addressesIn(aaaa, "AAAA")
    return !a || !aaaa || a.records.length > 0 || aaaa.records.length > 0
  })
  const outage = client.server === undefined ? client.silent.at(-1)?.outage : undefined
  return {
    steps: steps ?? NONE,
    ...inOrder(sender, v4, v6),
    certainty: last?.certainty ?? "certain",
    rule: outage?.rule ?? last?.rule ?? "R13",
    ...(last?.cause ? { cause: last.cause } : {}),
    ...(outage ? { outage } : {}),
  }
}

/** The addresses alone, those tried first. */
export const resolveFast = (indexes: Indexes, sender: Sender, name: string): readonly string[] =>
  lookUpHost(indexes, sender, name, false).addresses
