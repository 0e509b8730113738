import type { IptablesLine, Table } from "./rule-line.ts"

const BUILT_IN: Readonly<Record<Table, readonly string[]>> = {
  filter: ["INPUT", "FORWARD", "OUTPUT"],
  nat: ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
}

/** Chains that are there even while they are empty. The canary tells kube-proxy that somebody flushed the rules. */
const ALWAYS: Readonly<Record<Table, readonly string[]>> = {
  filter: [
    "KUBE-EXTERNAL-SERVICES",
    "KUBE-FIREWALL",
    "KUBE-FORWARD",
    "KUBE-NODEPORTS",
    "KUBE-PROXY-CANARY",
    "KUBE-PROXY-FIREWALL",
    "KUBE-SERVICES",
  ],
  nat: ["KUBE-MARK-MASQ", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-PROXY-CANARY", "KUBE-SERVICES"],
}

const tableText = (table: Table, lines: readonly IptablesLine[]): readonly string[] => {
  const own = lines.filter((line) => line.table === table)
  const chains = new Set([...ALWAYS[table], ...own.map(({ chain }) => chain)])
  for (const chain of BUILT_IN[table]) chains.delete(chain)
  return [
    `*${table}`,
    ...BUILT_IN[table].map((chain) => `:${chain} ACCEPT [0:0]`),
    ...[...chains].sort().map((chain) => `:${chain} - [0:0]`),
    ...own.map(({ text }) => text),
    "COMMIT",
  ]
}

/** The rules as `iptables-save` (for IPv6: `ip6tables-save`) prints them, counters at zero. */
export const iptablesText = (lines: readonly IptablesLine[]): string =>
  [...tableText("filter", lines), ...tableText("nat", lines), ""].join("\n")
