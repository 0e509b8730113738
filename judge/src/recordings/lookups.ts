import { type DnsLookup, resolve } from "@pilotage/routing-core"
import type { Asker } from "./asker.ts"
import type { Command } from "./commands.ts"

const sorted = (texts: readonly string[]): string => [...new Set(texts)].sort().join(", ")

const answersOf = (lookup: DnsLookup): string => sorted(lookup.records.map(({ type, data }) => `${type} ${data}`))

/** dig: the answer's status and its records, whatever their order; times to live and flags are not compared. */
export const compareDig = (
  { table, from }: Asker,
  { name, type }: Extract<Command, { readonly kind: "dig" }>,
  stdout: string,
): { readonly expected: string; readonly actual: string } => {
  const status = /status: (\w+)/.exec(stdout)?.[1] ?? "none"
  const answers = [...stdout.matchAll(/^[^;\s]\S*\s+\d+\s+IN\s+(\w+)\s+(.+)$/gm)].map(
    ([, kind, data]) => `${kind} ${data}`,
  )
  const lookup = resolve(table, from, name.endsWith(".") ? name : `${name}.`, type, { search: false })
  return { expected: `${status} ${sorted(answers)}`.trim(), actual: `${lookup.rcode} ${answersOf(lookup)}`.trim() }
}

/** nslookup: the addresses it found with the search list, or the failure that it prints. */
export const compareNslookup = (
  { table, from }: Asker,
  { name }: Extract<Command, { readonly kind: "nslookup" }>,
  stdout: string,
): { readonly expected: string; readonly actual: string } => {
  const failure = /server can't find \S+: (\w+)/.exec(stdout)?.[1]
  const addresses = [...stdout.matchAll(/^Name:\t(\S+)\nAddress: (\S+)$/gm)].map(
    ([, full, address]) => `${full} ${address}`,
  )
  const lookups = (["A", "AAAA"] as const).map((type) => resolve(table, from, name, type, { search: true }))
  const found = lookups.flatMap(({ records }) =>
    records.flatMap((each) =>
      each.type === "A" || each.type === "AAAA" ? [`${each.name.replace(/\.$/, "")} ${each.data}`] : [],
    ),
  )
  return {
    expected: failure ?? sorted(addresses),
    actual: found.length ? sorted(found) : (lookups[0]?.rcode ?? "NXDOMAIN"),
  }
}

const MOST_NDOTS = 15

/** How many dots a name needs to be asked as it stands before the search list is tried. */
const ndotsOf = ({ table, from }: Asker): number => {
  const dots = Array.from({ length: MOST_NDOTS }, (_, count) => count)
  const first = dots.find((count) => {
    const name = `nobody${".x".repeat(count)}`
    return resolve(table, from, name, "A", { search: true }).steps[0]?.query === `${name}.`
  })
  return first ?? MOST_NDOTS
}

/** /etc/resolv.conf as a program in the pod reads it, told from the queries that it makes for a name that nobody has. */
export const compareResolvConf = (
  asker: Asker,
  stdout: string,
): { readonly expected: string; readonly actual: string } => {
  const { server, steps } = resolve(asker.table, asker.from, "nobody", "A", { search: true })
  const searches = steps.flatMap(({ query }) => (query === "nobody." ? [] : [query.slice("nobody.".length, -1)]))
  const lines = [
    ...(searches.length ? [`search ${searches.join(" ")}`] : []),
    `nameserver ${server}`,
    `options ndots:${ndotsOf(asker)}`,
  ]
  return { expected: stdout.trim(), actual: lines.join("\n") }
}
