import { expect, test } from "vitest"
import golden from "../../golden/iptables-flows.json" with { type: "json" }
import { type ProxyFlow, type ProxyWorld, proxyWorldState } from "../../golden/proxy-world.ts"
import { compile } from "../../table/compile.ts"
import { type IptablesInterpreter, iptablesInterpreter } from "./interpreter.ts"
import { iptablesRules } from "./rules.ts"
import { iptablesText } from "./save-text.ts"

const WORLDS = golden.worlds as unknown as readonly ProxyWorld[]

const interpreterOf = (world: ProxyWorld): IptablesInterpreter => {
  const table = compile(proxyWorldState(world, "iptables"))
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  const { nodeName, ipFamily, localIPs } = world.config
  const interpreter = iptablesInterpreter(iptablesText(iptablesRules(table.value, nodeName, ipFamily)), localIPs)
  if (!interpreter.ok) throw new Error(`${interpreter.error.path}: ${interpreter.error.message}`)
  return interpreter.value
}

const OUTCOMES: Readonly<Record<string, string>> = { REJECT: "reject", DROP: "drop", ACCEPT: "accept", "": "none" }

const isLoopback = (ip: string): boolean => ip.startsWith("127.") || ip === "::1"

/**
 * Upstream's tracer leads a node's own packets through FORWARD too, where they never go: what it sees rejected there, on
 * its way to a load balancer or external IP, leaves the node.
 */
const leavesNode = ({ config, services }: ProxyWorld, [source, , destination]: ProxyFlow): boolean =>
  config.localIPs.includes(source) &&
  !config.localIPs.includes(destination) &&
  services.every(({ spec }) => spec.clusterIP !== destination)

const expectedOutcome = (world: ProxyWorld, flow: ProxyFlow): string =>
  flow[4] === "REJECT" && leavesNode(world, flow) ? "none" : (OUTCOMES[flow[4]] ?? "dnat")

const only = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined)

const difference = (interpreter: IptablesInterpreter, world: ProxyWorld, flow: ProxyFlow): readonly string[] => {
  const [from, protocol, destination, port, output, masquerade] = flow
  const isOwn = world.config.localIPs.includes(from)
  const branches = interpreter.walk({
    hook: isOwn ? "output" : "prerouting",
    // A node that talks to its loopback has that as its source too; the tracer need not care.
    source: isOwn && isLoopback(destination) ? destination : from,
    destination,
    port,
    protocol,
  })
  const outcome = only(branches.map((each) => each.outcome))
  const endpoints = [...new Set(branches.map((each) => each.endpoint))].sort().join(", ")
  const masqueraded = only(branches.map((each) => each.masqueraded))
  const isSame =
    outcome === expectedOutcome(world, flow) &&
    (outcome !== "dnat" ||
      (endpoints === output.split(", ").sort().join(", ") && (masquerade === null || masqueraded === masquerade)))
  return isSame ? [] : [`${flow.join(" ")}: ${outcome} ${endpoints} ${masqueraded}`]
}

test.each(WORLDS.map((world) => [world.id, world] as const))(
  "[R17] [R18] [R23] [R25] [R26] [R27] [R45] [R49] [R52] the written rules do to packets what kube-proxy's do: %s",
  (_id, world) => {
    const interpreter = interpreterOf(world)
    expect(world.flows.flatMap((flow) => difference(interpreter, world, flow))).toEqual([])
  },
)

test("the recorded flows are many, and of every kind", () => {
  const flows = WORLDS.flatMap((world) => world.flows)
  expect(flows.length).toBeGreaterThan(200)
  for (const kind of Object.keys(OUTCOMES)) expect(flows.map((flow) => flow[4])).toContain(kind)
  expect(WORLDS.map(({ config }) => config.ipFamily)).toContain("IPv6")
})
