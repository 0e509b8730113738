import { expect, test } from "vitest"
import type { RulePacket } from "../rule-verdict.ts"
import { type IPVSTexts, ipvsInterpreter } from "./interpreter.ts"

/** One Service with an endpoint on the node and one elsewhere, as the tools print it; not from our generator. */
const TEXTS: IPVSTexts = {
  virtualServers: `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.96.0.20:80 rr persistent 10800
  -> 10.244.1.11:8080             Masq    1      3          12
  -> 172.18.0.2:8080              Masq    1      0          0
`,
  ipSets: `create KUBE-LOOP-BACK hash:ip,port,ip family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x22
add KUBE-LOOP-BACK 10.244.1.11,tcp:8080,10.244.1.11
create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536
add KUBE-CLUSTER-IP 10.96.0.20,tcp:80
create KUBE-IPVS-IPS hash:ip family inet hashsize 1024 maxelem 65536
add KUBE-IPVS-IPS 10.96.0.20
`,
  iptables: `*filter
:INPUT ACCEPT [0:0]
:KUBE-IPVS-FILTER - [0:0]
-A INPUT -m comment --comment "kubernetes ipvs access filter" -j KUBE-IPVS-FILTER
-A KUBE-IPVS-FILTER -m set --match-set KUBE-CLUSTER-IP dst,dst -j RETURN
-A KUBE-IPVS-FILTER -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT --reject-with icmp-port-unreachable
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-SERVICES - [0:0]
-A PREROUTING -j KUBE-SERVICES
-A OUTPUT -j KUBE-SERVICES
-A POSTROUTING -j KUBE-POSTROUTING
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-POSTROUTING -m set --match-set KUBE-LOOP-BACK dst,dst,src -j MASQUERADE
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MASQUERADE --random-fully
-A KUBE-SERVICES ! -s 10.244.0.0/16 -m set --match-set KUBE-CLUSTER-IP dst,dst -j KUBE-MARK-MASQ
COMMIT
`,
}

const interpreter = (texts: Partial<IPVSTexts> = {}) => ipvsInterpreter({ ...TEXTS, ...texts }, ["172.18.0.2"])

const walk = (packet: Partial<RulePacket>) => {
  const found = interpreter()
  if (!found.ok) throw new Error(found.error.message)
  return found.value.walk({
    hook: "prerouting",
    source: "10.244.1.50",
    destination: "10.96.0.20",
    port: 80,
    protocol: "TCP",
    ...packet,
  })
}

test("[R29] a pod that reaches itself is rewritten, and at that endpoint alone", () => {
  const branches = walk({ source: "10.244.1.11" })
  expect(branches.map(({ endpoint, masqueraded }) => [endpoint, masqueraded])).toEqual([
    ["10.244.1.11:8080", true],
    ["172.18.0.2:8080", false],
  ])
})

test("[R31] a backend on the node's own network keeps the client's address: nothing leaves the node", () => {
  const branches = walk({ source: "203.0.113.7" })
  expect(branches.map(({ endpoint, masqueraded }) => [endpoint, masqueraded])).toEqual([
    ["10.244.1.11:8080", true],
    ["172.18.0.2:8080", false],
  ])
})

test("what a node sends to an address of kube-ipvs0 has that address as its source", () => {
  const [first] = walk({ hook: "output", source: "172.18.0.2" })
  expect(first).toMatchObject({ source: "10.96.0.20", masqueraded: true })
})

test("a branch names the lines that it matched in each text", () => {
  const [first] = walk({ source: "10.244.1.11" })
  const lines = (text: string, places: readonly number[] = []): readonly (string | undefined)[] =>
    places.map((place) => text.split("\n")[place]?.trim().split(/ {2,}/)[0])
  expect(lines(TEXTS.virtualServers, first?.met.virtualServers)).toEqual(["TCP", "-> 10.244.1.11:8080"])
  expect(lines(TEXTS.ipSets, first?.met.ipSets)).toEqual([
    "add KUBE-CLUSTER-IP 10.96.0.20,tcp:80",
    "add KUBE-LOOP-BACK 10.244.1.11,tcp:8080,10.244.1.11",
  ])
})

test.each([
  ["virtualServers", "TCP  10.96.0.20:80 wrr\n", 'line 1: "TCP  10.96.0.20:80 wrr" is not understood'],
  ["virtualServers", "  -> 10.244.1.11:8080 Route 1 0 0\n", "line 1: "],
  ["ipSets", "add KUBE-NOWHERE 10.96.0.20\n", 'line 1: "add KUBE-NOWHERE 10.96.0.20" is not understood'],
  ["iptables", "*nat\n:A - [0:0]\n-A A -m time --timestart 10:00 -j ACCEPT\n", "line 3: "],
  ["iptables", "*nat\n:A - [0:0]\n-A A -j NOWHERE\n", "line 3: "],
])("what it does not understand is an error: %s %j", (name, text, message) => {
  const found = interpreter({ [name]: text })
  expect(found.ok ? "" : `${found.error.path}: ${found.error.message}`).toContain(message)
})
