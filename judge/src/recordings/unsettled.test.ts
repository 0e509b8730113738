import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"
import { recording } from "../testing/recording.ts"

const row = (cmd: string, stdout: string, more: object = {}) => ({
  case: "1 a case",
  source: "pod client-a (w1)",
  destination: "np: clusterIP:port",
  cmd,
  exit: 0,
  stdout,
  stderr: "",
  seconds: 0.01,
  note: "",
  ...more,
})

const out = (...rows: readonly object[]) => judged(caseFolder(recording("unsettled-iptables.jsonl", rows))).out

const CURL = "curl -sS -m 4 --fail-early -w '\\n' http://10.96.0.20:80/hostname http://10.96.0.20:80/clientip"
const loop = (count: number, ip: string) =>
  `for i in $(seq ${count}); do curl -sS -m 4 -w '\\n' http://${ip}:80/hostname; done | sort | uniq -c`

test("two URLs of one curl are one connection: the same backend says who it is and whom it sees", () => {
  expect(out(row(CURL, "web-1\n10.244.2.11:5000\n"))).toBe("unsettled-iptables.jsonl  1/1")
  expect(out(row(CURL, "web-1\n172.18.0.2:5000\n"))).toContain("expected exit 0 web-1 172.18.0.2")
})

test("many tries may meet every backend, and a backend that none of them met is a disagreement", () => {
  expect(out(row(loop(20, "10.96.0.20"), "      9 web-0\n     11 web-1\n"))).toContain("1/1")
  expect(out(row(loop(20, "10.96.0.20"), "     20 web-0\n"))).toContain("we say   20 web-0; also web-1")
})

test("a client that is remembered stays with its backend until it is idle for longer than the timeout", () => {
  expect(out(row(loop(20, "10.96.0.22"), "     20 web-0\n"))).toContain("1/1")
  expect(out(row(loop(20, "10.96.0.22"), "     19 web-0\n      1 web-1\n"))).toContain("0/1")
  const idle = (seconds: number) =>
    `for i in 1 2; do sleep ${seconds}; curl -sS -m 4 -w '\\n' http://10.96.0.22:80/hostname; done`
  expect(out(row(idle(12), "web-0\nweb-1\n"))).toContain("1/1")
  expect(out(row(idle(4), "web-0\nweb-1\n"))).toContain("0/1")
})

test("notes say which pods were there", () => {
  const only = row(loop(20, "10.96.0.20"), "     20 web-1\n", { note: "only web-1 on w1" })
  const gone = row(loop(20, "10.96.0.20"), "     20 web-0\n", { note: "web-1 is gone" })
  const ending = row(loop(20, "10.96.0.20"), "     20 web-0\n", { note: "web-1 on w1 terminating, web-0 on w1 ready" })
  expect(out(only, gone, ending)).toBe("unsettled-iptables.jsonl  3/3")
})

test("a paused node is silence at first and a refusal once its endpoints are gone; between, either is right", () => {
  const note = "w1, which holds web-0, is paused (docker pause) at second 0; destination starts with the second"
  const at = (second: number, exit: number) =>
    row(CURL, exit === 0 ? "web-0\n" : "\n", { source: "node w2", destination: `${second} s: np`, note, exit })
  expect(out(at(5, 28), at(42, 28), at(42, 7), at(50, 7))).toBe("unsettled-iptables.jsonl  4/4")
  expect(out(at(5, 7), at(50, 28))).toContain("0/2")
})

test("what kubectl or a file of the pod says needs a running cluster", () => {
  const lines = out(row("kubectl get svc", "", { source: "kubectl" }), row("cat /etc/hosts", "")).split("\n")
  expect(lines[0]).toBe("unsettled-iptables.jsonl  0/0")
  expect(lines.slice(1)).toEqual([
    "    not judged 1: needs a running cluster: kubectl asks the API server",
    "    not judged 1: needs a running cluster: cat reads what the kubelet wrote into the pod",
  ])
})

test("a ping is answered by whoever holds the address, and of a cluster IP nobody does", () => {
  const ping = (ip: string, stdout: string, exit: number) => row(`ping -n -c 2 -i 1.2 -W 1 ${ip}`, stdout, { exit })
  const reply = ping("10.244.2.8", "64 bytes from 10.244.2.8: icmp_seq=1 ttl=62 time=0.06 ms\n", 0)
  expect(out(reply, ping("10.244.2.8", "2 packets transmitted, 0 received\n", 1))).toContain("1/2")
  expect(out(ping("10.96.0.20", "2 packets transmitted, 0 received\n", 1))).toMatch(/environment 1 \(1 agree\)/)
})

test("a resolv.conf is told from the queries that it leads to", () => {
  const conf = "search dp.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n"
  const host = row("cat /etc/resolv.conf", "nameserver 172.18.0.1\noptions ndots:0\n", { source: "node w1" })
  expect(out(row("cat /etc/resolv.conf", conf), host)).toBe("unsettled-iptables.jsonl  2/2")
})

test("dig and nslookup are compared by status and records, datagrams by answer, ICMP error or silence", () => {
  const dig = "dig +noall +comments +answer np.dp.svc.cluster.local"
  const answer =
    ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\nnp.dp.svc.cluster.local. 30\tIN\tA\t10.96.0.20\n"
  const refused = { exit: 1, seconds: 0.003 }
  expect(
    out(
      row(dig, answer),
      row("nslookup np", "Server:\t\t10.96.0.10\n\nName:\tnp.dp.svc.cluster.local\nAddress: 10.96.0.20\n"),
      row("nslookup nobody", "** server can't find nobody: NXDOMAIN\n", { exit: 1 }),
      row("echo hostname | timeout 5 nc -v -u -w 2 10.244.2.8 8081", "web-0"),
      row("echo hostname | timeout 5 nc -v -u -w 2 10.244.2.8 9", "", refused),
      row("/agnhost connect 10.96.0.21:80 --protocol=tcp --timeout=3s", "", { exit: 1, stderr: "REFUSED\n" }),
    ),
  ).toBe("unsettled-iptables.jsonl  6/6")
})
