import { expect, test } from "vitest"
import type { RulePacket } from "../rule-verdict.ts"
import { iptablesInterpreter } from "./interpreter.ts"

const TABLES = (rules: { readonly filter?: readonly string[]; readonly nat?: readonly string[] }): string =>
  [
    "*filter",
    ...["INPUT", "FORWARD", "OUTPUT"].map((chain) => `:${chain} ACCEPT [0:0]`),
    ...(rules.filter ?? []).map((rule) => `-A ${rule}`),
    "COMMIT",
    "*nat",
    ...["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"].map((chain) => `:${chain} ACCEPT [0:0]`),
    ":A - [0:0]",
    ":B - [0:0]",
    ...(rules.nat ?? []).map((rule) => `-A ${rule}`),
    "COMMIT",
    "",
  ].join("\n")

const PACKET: RulePacket = {
  source: "10.0.0.9",
  destination: "10.96.0.1",
  port: 80,
  protocol: "TCP",
  hook: "prerouting",
}

/** The verdict; endpoints with a star are reached with another source address. */
const said = (rules: Parameters<typeof TABLES>[0], packet: Partial<RulePacket> = {}): string => {
  const interpreter = iptablesInterpreter(TABLES(rules), ["172.18.0.2"])
  if (!interpreter.ok) throw new Error(`${interpreter.error.path}: ${interpreter.error.message}`)
  const verdict = interpreter.value.verdict({ ...PACKET, ...packet })
  if (verdict.outcome !== "dnat") return verdict.outcome
  return verdict.endpoints.map((each) => `${each}${verdict.masqueraded.includes(each) ? "*" : ""}`).join(", ")
}

const TO_A = "PREROUTING -d 10.96.0.1/32 -p tcp -m tcp --dport 80 -j A"
const TO_ONE = "B -p tcp -m tcp -j DNAT --to-destination 10.0.0.1:8080"

test("a packet that no rule matches goes on as it was", () => {
  expect(said({ nat: [TO_A] }, { port: 81 })).toBe("none")
  expect(said({ nat: [TO_A] }, { protocol: "UDP" })).toBe("none")
  expect(said({ nat: [TO_A] }, { hook: "output" })).toBe("none")
})

test("a chain that a packet falls off, or returns from, leads back to the next rule", () => {
  expect(said({ nat: [TO_A, "PREROUTING -j B", TO_ONE] })).toBe("10.0.0.1:8080")
  expect(said({ nat: [TO_A, "A -j RETURN", "A -j DNAT --to-destination 10.0.0.2:1", "PREROUTING -j B", TO_ONE] })).toBe(
    "10.0.0.1:8080",
  )
})

test("chance goes both ways, remembered clients are nobody", () => {
  const nat = [
    TO_A,
    "A -m recent --rcheck --seconds 10 --reap --name X --mask 255.255.255.255 --rsource -j DNAT --to-destination 10.0.0.3:1",
    "A -m statistic --mode random --probability 0.50000000000 -j B",
    "A -j DNAT --to-destination 10.0.0.2:8080",
    "B -s 10.0.0.9/32 -j MARK --set-xmark 0x4000/0x4000",
    TO_ONE,
    "POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN",
    "POSTROUTING -j MASQUERADE --random-fully",
  ]
  expect(said({ nat })).toBe("10.0.0.1:8080*, 10.0.0.2:8080")
  expect(said({ nat }, { source: "10.0.0.8" })).toBe("10.0.0.1:8080, 10.0.0.2:8080")
})

test("what is for the machine itself is not masqueraded, but for what it sends to itself", () => {
  const nat = [
    "PREROUTING -j A",
    "OUTPUT -j A",
    "A -j DNAT --to-destination 172.18.0.2:80",
    "POSTROUTING -j MASQUERADE",
  ]
  expect(said({ nat })).toBe("172.18.0.2:80")
  expect(said({ nat }, { hook: "output", source: "172.18.0.2" })).toBe("172.18.0.2:80*")
})

test("a node's own packets pass OUTPUT and, to itself, INPUT; others INPUT or FORWARD", () => {
  const reject = (chain: string) => ({ filter: [`${chain} -j REJECT --reject-with icmp-port-unreachable`] })
  const own = { hook: "output", source: "172.18.0.2" } as const
  expect(said(reject("FORWARD"))).toBe("reject")
  expect(said(reject("INPUT"))).toBe("none")
  expect(said(reject("INPUT"), { destination: "172.18.0.2" })).toBe("reject")
  expect(said(reject("FORWARD"), own)).toBe("none")
  expect(said(reject("OUTPUT"), own)).toBe("reject")
  expect(said(reject("INPUT"), { ...own, destination: "127.0.0.1" })).toBe("reject")
})

test("only first packets walk: NEW, and DNAT once they are translated", () => {
  const filter = ["FORWARD -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP"]
  expect(said({ filter })).toBe("drop")
  expect(said({ filter, nat: ["PREROUTING -j A", "A -j DNAT --to-destination 10.0.0.1:80"] })).toBe("10.0.0.1:80")
})

test.each([
  ["PREROUTING -m string --string x -j A", "-m string is no match that kube-proxy writes"],
  ["PREROUTING -i eth0 -j A", "-i eth0 is no match that kube-proxy writes"],
  ["PREROUTING -d nowhere -j A", "-d nowhere is no match that kube-proxy writes"],
  ["PREROUTING -j C", "C is no target that kube-proxy writes"],
  [
    "PREROUTING -j DNAT --to-destination 10.0.0.1",
    "DNAT --to-destination 10.0.0.1 is no target that kube-proxy writes",
  ],
  ["C -j A", "-A C is not a rule of a known chain"],
])("%s cannot be read", (rule, message) => {
  expect(iptablesInterpreter(TABLES({ nat: [rule] }), [])).toEqual({ ok: false, error: { path: "line 13", message } })
})
