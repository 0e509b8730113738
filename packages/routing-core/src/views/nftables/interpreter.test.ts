import { expect, test } from "vitest"
import recordedText from "../../golden/nft-kind-worker.txt?raw"
import type { RulePacket } from "../rule-verdict.ts"
import { nftInterpreter } from "./interpreter.ts"

const recorded = (() => {
  const parsed = nftInterpreter(recordedText, ["172.18.0.2", "10.244.2.1"])
  if (!parsed.ok) throw new Error(`${parsed.error.path}: ${parsed.error.message}`)
  return parsed.value
})()

const packet = (source: string, destination: string, port: number, more: Partial<RulePacket> = {}): RulePacket => ({
  hook: "prerouting",
  source,
  destination,
  port,
  protocol: "TCP",
  ...more,
})

const POD = "10.244.2.11"
const OUTSIDE = "203.0.113.7"
const WEB = ["10.244.2.8:8080", "10.244.2.9:8080"]

test.each([
  ["a pod keeps its address on the way to a cluster IP", packet(POD, "10.96.184.44", 80), WEB, []],
  ["somebody outside does not", packet(OUTSIDE, "10.96.184.44", 80), WEB, WEB],
  ["a pod that may reach itself is rewritten there alone", packet("10.244.2.8", "10.96.184.44", 80), WEB, [WEB[0]]],
  ["a node port under policy Cluster", packet(OUTSIDE, "172.18.0.2", 30670), WEB, WEB],
  ["a node port under policy Local", packet(OUTSIDE, "172.18.0.2", 30813), WEB, []],
  ["the node to its own node port", packet("172.18.0.2", "172.18.0.2", 30813, { hook: "output" }), WEB, WEB],
  ["session affinity, without a past", packet(POD, "10.96.248.141", 80), WEB, []],
  ["UDP", packet(POD, "10.96.0.10", 53, { protocol: "UDP" }), ["10.244.0.2:53", "10.244.0.3:53"], []],
])("a real node's table: %s", (_name, sent, endpoints, masqueraded) => {
  expect(recorded.verdict(sent)).toEqual({ outcome: "dnat", endpoints, masqueraded })
})

test.each([
  ["no endpoints", packet(POD, "10.96.147.250", 80), "reject"],
  ["no endpoints, from the node", packet("172.18.0.2", "10.96.147.250", 80, { hook: "output" }), "reject"],
  ["no endpoints, its node port", packet(OUTSIDE, "172.18.0.2", 31268), "reject"],
  ["the node's own, too", packet("172.18.0.2", "172.18.0.2", 31268, { hook: "output" }), "reject"],
  ["a cluster IP with another port", packet(POD, "10.96.184.44", 81), "reject"],
  ["a cluster IP with another protocol", packet(POD, "10.96.184.44", 80, { protocol: "UDP" }), "reject"],
  ["a cluster IP that nobody has", packet(POD, "10.96.77.1", 80), "drop"],
  ["a node port on another address of the node", packet(POD, "10.244.2.1", 30670), "none"],
  ["somewhere else", packet(POD, "10.244.1.5", 8080), "none"],
])("a real node's table: %s", (_name, sent, outcome) => {
  expect(recorded.verdict(sent)).toEqual({ outcome })
})

const table = (rules: string): string => `table ip kube-proxy {\n\tchain services {\n\t\t${rules}\n\t}\n}\n`

test.each([
  ["ip saddr 10.0.0.0/8 log", 'line 3: "log" is no expression that is known here'],
  ["ip ttl 1 drop", 'line 3: "ip" is no expression that is known here'],
  ["goto nowhere", "line 3: there is no chain nowhere"],
  ["ip daddr @nothing drop", "line 3: there is no set nothing"],
  ["numgen random mod 3 vmap { 0 : drop }", 'line 3: "\\n" comes after 1 choices of 3'],
  ["ip saddr pod drop", 'line 3: "pod" is no value of saddr'],
])("what it does not understand is an error: %s", (rules, message) => {
  const found = nftInterpreter(table(rules), [])
  expect(found.ok ? "" : `${found.error.path}: ${found.error.message}`).toBe(message)
})

test("a branch names the lines that it matched, rule by rule and element by element", () => {
  const lines = recordedText.split("\n")
  const [first] = recorded.walk(packet("10.244.2.8", "10.96.184.44", 80))
  expect(first?.rules.map((index) => lines[index]?.trim().replace(/,$/, ""))).toEqual([
    "ct state new jump firewall-check",
    "jump services",
    "ip daddr . meta l4proto . th dport vmap @service-ips",
    "10.96.184.44 . tcp . 80 : goto service-CHEFRHUZ-dp/cip/tcp/http",
    expect.stringMatching(/^meta l4proto tcp dnat ip to numgen random mod 2/),
    "ct state new jump service-endpoints-check",
    "ct state new jump cluster-ips-check",
    "jump masquerading",
    expect.stringMatching(/^ct status dnat .* @hairpin-connections/),
  ])
})
