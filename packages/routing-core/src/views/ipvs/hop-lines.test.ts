import { expect, test } from "vitest"
import { ask, shop } from "../../testing/shop.ts"
import { tableOf } from "../../testing/world.ts"
import { ipvsLinesOf } from "./hop-lines.ts"
import { ipvsTable } from "./ipvs-table.ts"

const table = tableOf({ ...shop, config: { proxyMode: "ipvs" } })

/** The lines of all three texts that explain the first hop at a node, shortened to what they say. */
const explained = (from: string, to: string): readonly string[] => {
  const hop = ask(table, from, to, { picks: [0.9] }).hops.find(({ at }) => at.kind === "node")
  if (hop?.at.kind !== "node") throw new Error("no hop at a node")
  const tables = ipvsTable(table, hop.at.name, "IPv4")
  const met = ipvsLinesOf(table, tables, hop)
  return (["iptables", "ipSets", "virtualServers"] as const).flatMap((name) =>
    met[name].flatMap((index) => {
      const line = tables[name][index]
      return line && line.role !== "plumbing"
        ? [`${line.role} ${line.rule} ${line.text.trim().split(/ {2,}/).slice(0, 2).join(" ")}`]
        : []
    }),
  )
}

test("the virtual server and the real server that was chosen explain a translation", () => {
  expect(explained("frontend", "10.96.0.20:80").filter((line) => !line.includes("-A KUBE"))).toEqual([
    "masquerade R27 add KUBE-CLUSTER-IP 10.96.0.20,tcp:80",
    "frontend R17 TCP 10.96.0.20:80 rr",
    "endpoint R19 -> 10.244.2.11:8080 Masq",
  ])
})

test("[R62] another port of a Service's address ends at the filter of kube-ipvs0's addresses", () => {
  expect(explained("frontend", "10.96.0.20:81")).toEqual([
    "frontend R18 -A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT",
    "unclaimed R62 -A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT --reject-with icmp-port-unreachable",
    "unclaimed R62 add KUBE-IPVS-IPS 10.96.0.20",
  ])
})

test("[R62] a virtual server without real servers is what refuses", () => {
  expect(explained("frontend", "10.96.0.36:80").at(-1)).toBe("no-endpoints R62 TCP 10.96.0.36:80 rr")
})
