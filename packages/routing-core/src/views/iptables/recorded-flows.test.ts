import { expect, test } from "vitest"
import golden from "../../golden/iptables-flows.json" with { type: "json" }
import { type ProxyFlow, type ProxyWorld, proxyWorldState } from "../../golden/proxy-world.ts"
import { compile } from "../../table/compile.ts"
import { type Interpretation, interpret } from "./interpreter.ts"
import { iptablesRules } from "./rules.ts"
import { parseIptablesSave, type Ruleset } from "./save-parser.ts"
import { iptablesText } from "./save-text.ts"

const WORLDS = golden.worlds as unknown as readonly ProxyWorld[]

const rulesOf = (world: ProxyWorld): Ruleset => {
  const table = compile(proxyWorldState(world, "iptables"))
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  const { nodeName, ipFamily } = world.config
  const rules = parseIptablesSave(iptablesText(iptablesRules(table.value, nodeName, ipFamily)))
  if (!rules.ok) throw new Error(`${rules.error.path}: ${rules.error.message}`)
  return rules.value
}

const OUTCOMES: Readonly<Record<string, Interpretation["outcome"]>> = {
  REJECT: "reject",
  DROP: "drop",
  ACCEPT: "accept",
  "": "none",
}

const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

/**
 * Upstream's tracer leads a node's own packets through FORWARD too, where they never go: what it sees rejected there, on
 * its way to a load balancer or external IP, leaves the node.
 */
const leavesNode = ({ config, services }: ProxyWorld, [source, , destination]: ProxyFlow): boolean =>
  config.localIPs.includes(source) &&
  !config.localIPs.includes(destination) &&
  services.every(({ spec }) => spec.clusterIP !== destination)

const expectedOutcome = (world: ProxyWorld, flow: ProxyFlow): Interpretation["outcome"] =>
  flow[4] === "REJECT" && leavesNode(world, flow) ? "none" : (OUTCOMES[flow[4]] ?? "dnat")

const difference = (rules: Ruleset, world: ProxyWorld, flow: ProxyFlow): readonly string[] => {
  const { config } = world
  const [from, protocol, destination, port, output, masquerade] = flow
  const isOwn = config.localIPs.includes(from)
  const { outcome, branches } = interpret(rules, {
    // A node that talks to its loopback has that as its source too; the tracer need not care.
    source: isOwn && isLoopback(destination) ? destination : from,
    destination,
    port,
    protocol,
    hook: isOwn ? "output" : "prerouting",
    localAddresses: config.localIPs,
  })
  const expected = expectedOutcome(world, flow)
  const endpoints = [...new Set(branches.map(({ endpoint }) => endpoint))].sort().join(", ")
  const marked = new Set(branches.map((branch) => branch.marked))
  const isSame =
    outcome === expected &&
    (outcome !== "dnat" ||
      (endpoints === output.split(", ").sort().join(", ") &&
        (masquerade === null || (marked.size === 1 && marked.has(masquerade)))))
  return isSame ? [] : [`${flow.join(" ")}: ${outcome} ${endpoints} ${[...marked].join("/")}`]
}

test.each(WORLDS.map((world) => [world.id, world] as const))(
  "[R17] [R18] [R23] [R25] [R26] [R27] [R45] [R49] [R52] the written rules do to packets what kube-proxy's do: %s",
  (_id, world) => {
    const rules = rulesOf(world)
    expect(world.flows.flatMap((flow) => difference(rules, world, flow))).toEqual([])
  },
)

test("the recorded flows are many, and of every kind", () => {
  const flows = WORLDS.flatMap((world) => world.flows)
  expect(flows.length).toBeGreaterThan(200)
  for (const kind of Object.keys(OUTCOMES)) expect(flows.map((flow) => flow[4])).toContain(kind)
  expect(WORLDS.map(({ config }) => config.ipFamily)).toContain("IPv6")
})
