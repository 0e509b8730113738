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
