import { expect, test } from "vitest"
import { readCommand, readUrl } from "./commands.ts"

test("curl: its URLs go over one connection, -m is its limit, a sleep before it is time in which nothing was sent", () => {
  expect(
    readCommand("curl -sS -m 4 --fail-early -w '\\n' http://10.96.0.1:80/hostname http://10.96.0.1:80/clientip"),
  ).toEqual({
    kind: "curl",
    runs: [{ urls: ["http://10.96.0.1:80/hostname", "http://10.96.0.1:80/clientip"], idleMs: 0 }],
    limitMs: 4000,
    counted: false,
  })
  expect(readCommand("sleep 0.6; curl -sS -m 20 'http://10.96.0.1:80/shell?cmd=sleep+8%3Bhostname'")).toMatchObject({
    runs: [{ urls: ["http://10.96.0.1:80/shell?cmd=sleep+8%3Bhostname"], idleMs: 600 }],
    limitMs: 20_000,
  })
})

test("loops are unrolled, with the pauses between their rounds", () => {
  const counted = readCommand("for i in $(seq 3); do curl -sS -m 4 http://1.2.3.4:80/hostname; done | sort | uniq -c")
  expect(counted).toMatchObject({ counted: true, runs: [{ idleMs: 0 }, { idleMs: 0 }, { idleMs: 0 }] })
  const after = readCommand("for i in 1 2; do curl -sS -m 4 http://1.2.3.4:80/hostname; sleep 4; done")
  expect(after).toMatchObject({ counted: false, runs: [{ idleMs: 0 }, { idleMs: 4000 }] })
  const before = readCommand("for i in 1 2; do sleep 12; curl -sS http://1.2.3.4:80/hostname; done")
  expect(before).toMatchObject({ runs: [{ idleMs: 12_000 }, { idleMs: 12_000 }], limitMs: 127_000 })
  const each = readCommand("for u in 1.2.3.4:80 5.6.7.8:90; do curl -sS -m 4 http://$u/hostname; done")
  expect(each).toMatchObject({
    runs: [{ urls: ["http://1.2.3.4:80/hostname"] }, { urls: ["http://5.6.7.8:90/hostname"] }],
  })
})

test("netcat: one datagram, a flow of datagrams, or requests on one connection", () => {
  expect(readCommand("echo hostname | timeout 5 nc -v -u -w 2 10.96.0.1 80")).toEqual({
    kind: "datagram",
    to: "10.96.0.1",
    port: 80,
    asks: "hostname",
    verbose: true,
  })
  const flow = "(for i in 1 2; do echo hostname; sleep 1; done) | timeout 14 nc -u -p 5555 -w 3 10.96.0.1 80"
  expect(readCommand(flow)).toEqual({ kind: "flow", to: "10.96.0.1", port: 80, asks: "hostname" })
  const two = "(printf 'GET /hostname HTTP/1.1'; sleep 8; printf 'GET') | timeout 12 nc -w 10 10.96.0.1 80"
  expect(readCommand(two)).toEqual({ kind: "connection", to: "10.96.0.1", port: 80 })
})

test("names, pings and agnhost's connect", () => {
  expect(readCommand("dig +noall +comments +answer SRV _http._tcp.a.b.svc.cluster.local")).toEqual({
    kind: "dig",
    name: "_http._tcp.a.b.svc.cluster.local",
    type: "SRV",
  })
  expect(readCommand("nslookup web")).toEqual({ kind: "nslookup", name: "web" })
  expect(readCommand("ping -n -c 2 -i 1.2 -W 1 10.96.0.1")).toEqual({ kind: "ping", to: "10.96.0.1" })
  expect(readCommand("/agnhost connect 10.96.0.1:80 --protocol=udp --timeout=3s")).toEqual({
    kind: "connect",
    to: "10.96.0.1",
    port: 80,
    protocol: "UDP",
  })
  expect(readCommand("cat /etc/resolv.conf")).toEqual({ kind: "resolv-conf" })
  expect(readCommand("cat /etc/hosts")).toEqual({ kind: "other", program: "cat" })
})

test("a URL without a port asks port 80, and a full name keeps its dot", () => {
  expect(readUrl("http://web.shop.svc.cluster.local./")).toEqual({
    to: "web.shop.svc.cluster.local.",
    port: 80,
    path: "/",
  })
  expect(readUrl("http://10.96.0.1:8080/any/path")).toEqual({ to: "10.96.0.1", port: 8080, path: "/any/path" })
})
