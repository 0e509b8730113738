import { expect, test } from "vitest"
import { nodeVerdict } from "../../proxy/node-verdict.ts"
import type { NetworkConfig } from "../../state.ts"
import { pod, service, tableOf } from "../../testing/world.ts"
import { nodeAddresses } from "../proxied-port.ts"
import { linesText } from "../rule-line.ts"
import type { RulePacket, RuleVerdict } from "../rule-verdict.ts"
import { ipvsInterpreter } from "./interpreter.ts"
import { ipvsTable } from "./ipvs-table.ts"

/** web-1 on node-1, web-2 on node-2, none on node-3; what is asked happens on `node-N`, from its pod, from itself or from outside. */
const LOCAL = { externalTrafficPolicy: "Local" } as const
const http = (nodePort?: number) => [{ name: "http", port: 80, targetPort: 8080, ...(nodePort ? { nodePort } : {}) }]
const LB = { type: "LoadBalancer" } as const
const TWO_PORTS = [...http(30030), { name: "admin", port: 81, targetPort: 8081 }]
const SERVICES = [
  service("itp-half", "10.96.0.30", { internalTrafficPolicy: "Local", type: "NodePort", ports: TWO_PORTS }),
  service("plain", "10.96.0.20"),
  service("itp", "10.96.0.21", { internalTrafficPolicy: "Local" }),
  service("itp-np", "10.96.0.22", { internalTrafficPolicy: "Local", type: "NodePort", ports: http(30022) }),
  service("lb", "10.96.0.23", { ...LB, ports: http(30023) }, { ip: "172.18.255.23" }),
  service("lb-local", "10.96.0.24", { ...LB, ...LOCAL, ports: http(30024) }, { ip: "172.18.255.24" }),
  service("ext", "10.96.0.25", { externalIPs: ["172.18.255.25"] }),
  service("ext-local", "10.96.0.26", { externalIPs: ["172.18.255.26"], ...LOCAL }),
  service("empty", "10.96.0.27", { ...LB, selector: { app: "nobody" }, ports: http(30027) }, { ip: "172.18.255.27" }),
  service(
    "ranges",
    "10.96.0.28",
    { ...LB, loadBalancerSourceRanges: ["203.0.113.0/24"], ports: http(30028) },
    { ip: "172.18.255.28" },
  ),
  service(
    "empty-ranges",
    "10.96.0.29",
    { ...LB, selector: { app: "nobody" }, loadBalancerSourceRanges: ["203.0.113.0/24"], ports: http(30029) },
    { ip: "172.18.255.29" },
  ),
]
const PODS = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web")]

const nodeIP = (node: number): string => `172.18.0.${node + 1}`
const sourceOf = (client: string, node: number): string =>
  ({ pod: `10.244.${node}.50`, node: nodeIP(node), outside: "203.0.113.7", other: "198.51.100.9" })[client] ?? client

const short = (verdict: RuleVerdict): string => {
  if (verdict.outcome !== "dnat") return verdict.outcome
  const pods = verdict.endpoints.map((endpoint) => (endpoint.startsWith("10.244.1.") ? "web-1" : "web-2"))
  const isMasqueraded = verdict.masqueraded.length > 0
  expect(verdict.masqueraded.length).toBe(isMasqueraded ? verdict.endpoints.length : 0)
  return `${pods.join(" or ")}${isMasqueraded ? ", masqueraded" : ""}`
}

/** What the texts say; the node's verdict has to say the same. */
const ask = (
  node: number,
  packet: Omit<RulePacket, "hook" | "protocol">,
  isOwn: boolean,
  config: Partial<NetworkConfig> = {},
): string => {
  const table = tableOf({ config: { proxyMode: "ipvs", ...config }, pods: PODS, services: SERVICES })
  const { virtualServers, ipSets, iptables } = ipvsTable(table, `node-${node}`, "IPv4")
  const facts = table.state.nodes.find(({ name }) => name === `node-${node}`)
  const interpreter = ipvsInterpreter(
    {
      virtualServers: linesText(virtualServers),
      ipSets: linesText(ipSets),
      iptables: linesText(iptables),
    },
    facts ? nodeAddresses(facts, "IPv4") : [],
  )
  if (!interpreter.ok) throw new Error(`${interpreter.error.path}: ${interpreter.error.message}`)
  const read = interpreter.value.verdict({ ...packet, hook: isOwn ? "output" : "prerouting", protocol: "TCP" })
  const { kind, endpoints, masquerade } = nodeVerdict(table, `node-${node}`, { ...packet, protocol: "TCP" })
  const sorted = [...endpoints].sort()
  expect(read).toEqual(
    kind === "translate"
      ? { outcome: "dnat", endpoints: sorted, masqueraded: masquerade ? sorted : [] }
      : { outcome: kind },
  )
  return short(read)
}

/** Client kind, node that handles it, destination, what becomes of it. */
const ROWS = `
[R17] pod     node-1 10.96.0.20:80      web-1 or web-2
[R27] node    node-1 10.96.0.20:80      web-1 or web-2, masqueraded
[R27] outside node-1 10.96.0.20:80      web-1 or web-2, masqueraded
[R62] pod     node-1 10.96.0.20:81      reject
[R62] node    node-1 10.96.0.20:81      reject
[R62] outside node-1 172.18.255.23:81   reject
[R36] pod     node-1 10.96.0.99:80      none
[R63] pod     node-1 10.96.0.21:80      web-1
[R63] node    node-1 10.96.0.21:80      web-1, masqueraded
[R63] pod     node-3 10.96.0.21:80      reject
[R63] node    node-3 10.96.0.21:80      reject
[R63] pod     node-1 10.96.0.22:80      web-1
[R63] pod     node-3 10.96.0.22:80      web-1 or web-2
[R63] outside node-3 10.96.0.22:80      web-1 or web-2, masqueraded
[R18] pod     node-3 172.18.0.4:30022   web-1 or web-2, masqueraded
[R18] pod     node-1 172.18.0.2:30023   web-1 or web-2, masqueraded
[R18] node    node-1 172.18.0.2:30023   web-1 or web-2, masqueraded
[R18] outside node-1 172.18.0.2:30023   web-1 or web-2, masqueraded
[R18] outside node-1 10.244.1.1:30023   web-1 or web-2, masqueraded
[R52] node    node-1 127.0.0.1:30023    none
[R27] pod     node-1 172.18.255.23:80   web-1 or web-2, masqueraded
[R27] node    node-1 172.18.255.23:80   web-1 or web-2, masqueraded
[R27] outside node-3 172.18.255.23:80   web-1 or web-2, masqueraded
[R64] pod     node-1 172.18.0.2:30024   web-1
[R64] node    node-1 172.18.0.2:30024   web-1
[R64] outside node-1 172.18.0.2:30024   web-1
[R64] pod     node-3 172.18.0.4:30024   web-1 or web-2
[R64] node    node-3 172.18.0.4:30024   web-1 or web-2
[R64] outside node-3 172.18.0.4:30024   web-1 or web-2
[R64] pod     node-1 172.18.255.24:80   web-1
[R64] node    node-1 172.18.255.24:80   web-1
[R64] outside node-1 172.18.255.24:80   web-1
[R64] pod     node-3 172.18.255.24:80   web-1 or web-2
[R64] node    node-3 172.18.255.24:80   web-1 or web-2
[R64] outside node-3 172.18.255.24:80   web-1 or web-2
[R17] pod     node-3 10.96.0.24:80      web-1 or web-2
[R50] pod     node-3 172.18.255.25:80   web-1 or web-2, masqueraded
[R50] node    node-3 172.18.255.25:80   web-1 or web-2, masqueraded
[R50] outside node-3 172.18.255.25:80   web-1 or web-2, masqueraded
[R64] pod     node-1 172.18.255.26:80   web-1
[R64] outside node-3 172.18.255.26:80   web-1 or web-2
[R62] pod     node-1 10.96.0.27:80      reject
[R62] node    node-1 10.96.0.27:80      reject
[R62] outside node-1 172.18.0.2:30027   reject
[R62] node    node-1 172.18.0.2:30027   reject
[R62] node    node-1 172.18.255.27:80   reject
[R62] outside node-1 172.18.255.27:80   reject
[R45] outside node-1 172.18.255.28:80   web-1 or web-2, masqueraded
[R45] other   node-1 172.18.255.28:80   drop
[R45] pod     node-1 172.18.255.28:80   drop
[R45] node    node-1 172.18.255.28:80   drop
[R45] other   node-1 172.18.0.2:30028   web-1 or web-2, masqueraded
[R45] pod     node-1 10.96.0.28:80      web-1 or web-2
[R45] other   node-1 172.18.255.29:80   drop
[R62] outside node-1 172.18.255.29:80   reject
[R62] node    node-1 172.18.255.29:80   reject
[R39] outside node-1 172.18.0.2:80      none
`

test.each(
  ROWS.trim()
    .split("\n")
    .map((row) => row.replaceAll(/ +/g, " ")),
)("ipvs: %s", (row) => {
  const [, client = "", node, ip = "", port, expected] = /^\[R\d+\] (\w+) node-(\d) (\S+):(\d+) (.*)$/.exec(row) ?? []
  const packet = { source: sourceOf(client, Number(node)), destination: ip, port: Number(port) }
  expect(ask(Number(node), packet, client === "node")).toBe(expected)
})

const asPod = { source: "10.244.1.50", destination: "10.96.0.20", port: 80 }
const asNode = { source: "172.18.0.2", destination: "10.96.0.20", port: 80 }
const asOutside = { source: "203.0.113.7", destination: "10.96.0.20", port: 80 }

test("[R57] ipvs with --masquerade-all: pods' traffic to cluster IPs is masqueraded", () => {
  expect(ask(1, asPod, false, { masqueradeAll: true })).toBe("web-1 or web-2, masqueraded")
})

test("[R58] ipvs without a local detector: to a cluster IP the node's own traffic alone is masqueraded, by its source", () => {
  const config = { localDetector: "none" } as const
  expect(ask(1, asNode, true, config)).toBe("web-1 or web-2, masqueraded")
  expect(ask(1, asPod, false, config)).toBe("web-1 or web-2")
  expect(ask(1, asOutside, false, config)).toBe("web-1 or web-2")
})

test("[R63] ipvs: a port without an outside address of its own refuses, though another port of the Service has one", () => {
  const packet = { source: "10.244.3.50", destination: "10.96.0.30", port: 81 }
  expect(ask(3, packet, false)).toBe("reject")
  expect(ask(3, { ...packet, port: 80 }, false)).toBe("web-1 or web-2")
})

test("[R58] ipvs in a cluster whose pods have no block of the family is without a local detector there", () => {
  expect(ask(1, asOutside, false, { clusterCIDR: "fd00:244::/56" })).toBe("web-1 or web-2")
})

test("[R56] ipvs with --nodeport-addresses: virtual servers at those addresses only", () => {
  const config = { nodePortAddresses: ["172.18.0.0/16"] }
  const packet = { source: "203.0.113.7", destination: "10.244.1.1", port: 30023 }
  expect(ask(1, packet, false, config)).toBe("none")
  expect(ask(1, { ...packet, destination: "172.18.0.2" }, false, config)).toBe("web-1 or web-2, masqueraded")
})
