import { canonicalIP } from "@pilotage/kube-model"
import type { Rule } from "../explain/rules.ts"
import type { Sender } from "../path/sender.ts"
import type { Indexes } from "../table/compiled-table.ts"
import type { Cause, Certainty } from "../trace-types.ts"
import { askServersForHost, certaintyOf, clientOf, type LookupStep } from "./dns-client.ts"
import type { DnsOutage } from "./dns-outage.ts"
import { hostsEntries } from "./hosts-file.ts"
import type { DnsRecord } from "./record.ts"
import { askInTurn } from "./search-list.ts"
import type { HostAnswers, ServerAnswer } from "./server-answer.ts"

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
  readonly cause: Cause | undefined
  /** Set when no server answered: the reason. */
  readonly outage: DnsOutage | undefined
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
  cause: undefined,
  outage: undefined,
})

const addressesIn = ({ records }: ServerAnswer, type: DnsRecord["type"]): readonly string[] => {
  if (records.length === 0) return NONE
  const found: string[] = []
  for (const record of records) if (record.type === type) found.push(record.data)
  return found
}

const fromHostsFile = (sender: Sender, listed: readonly string[]): HostLookup => {
  const v4 = listed.filter((ip) => !ip.includes(":"))
  const v6 = listed.filter((ip) => ip.includes(":"))
  // 127.0.0.1 and ::1 are one machine; what listens on every address answers on both, on 127.0.0.1 alone only there.
  const addresses = v4[0] === "127.0.0.1" ? { addresses: v4, otherAddresses: v6 } : inOrder(sender, v4, v6)
  return without(addresses, "R15")
}

/**
 * Name to addresses, as getaddrinfo does it: an address is taken as it is, /etc/hosts comes before DNS, and every name of
 * the search list is asked for A and AAAA until one has an address or an alias. `steps` stays empty unless `explain`.
 */
export const lookUpHost = (indexes: Indexes, sender: Sender, name: string, explain: boolean): HostLookup => {
  const literal = canonicalIP(name)
  if (literal !== undefined)
    return {
      steps: NONE,
      addresses: [literal],
      otherAddresses: NONE,
      certainty: "certain",
      rule: "R1",
      cause: undefined,
      outage: undefined,
    }
  const listed = hostsEntries(indexes, sender, name)
  if (listed.length > 0) return fromHostsFile(sender, listed)
  const client = clientOf(indexes, sender)
  const steps: LookupStep[] | undefined = explain ? [] : undefined
  let found: HostAnswers | undefined
  askInTurn(client.conf, name, true, (query) => {
    found = askServersForHost(client, query, steps)
    return found === undefined || found.a.records.length > 0 || found.aaaa.records.length > 0
  })
  const outage = client.server === undefined ? client.silent.at(-1)?.outage : undefined
  const last = found?.a.records.length || !found?.aaaa.records.length ? found?.a : found.aaaa
  const { addresses, otherAddresses } = found
    ? inOrder(sender, addressesIn(found.a, "A"), addressesIn(found.aaaa, "AAAA"))
    : { addresses: NONE, otherAddresses: NONE }
  return {
    steps: steps ?? NONE,
    addresses,
    otherAddresses,
    certainty: certaintyOf(client, last),
    rule: outage?.rule ?? last?.rule ?? "R13",
    cause: last?.cause,
    outage,
  }
}
