import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"
import { FLOWS, proxyWorld } from "../testing/proxy-rows.ts"

const oneFlow = (mode: "iptables" | "nftables", flow: object, output: string, masq = false) => ({
  ...proxyWorld(mode),
  flow,
  expect: { output, masq },
})

test("endpoints compare as sets, and a row may have one flow of its own", () => {
  const world = proxyWorld("iptables")
  const [slice] = world.endpointSlices
  const endpoints = ["10.180.0.1", "10.180.0.2"].map((ip) => ({ addresses: [ip] }))
  const row = {
    ...oneFlow(
      "iptables",
      { sourceIP: "10.0.0.2", protocol: "TCP", destIP: "172.30.0.41", destPort: 80 },
      "10.180.0.2:8080, 10.180.0.1:8080",
    ),
    endpointSlices: [{ ...slice, endpoints }],
  }
  expect(judged(caseFolder({ "proxy-iptables-flows.json": [row] })).out).toBe("proxy-iptables-flows.json  1/1")
})

test("ACCEPT counts as nothing, a masq of null is not compared", () => {
  const accept = { sourceIP: "203.0.113.2", protocol: "TCP", destIP: "192.168.0.2", destPort: 32000 }
  const flows = [["203.0.113.2", "TCP", "192.168.0.2", 3001, "10.180.0.1:8080", null]]
  const folder = caseFolder({
    "proxy-iptables-a.json": [oneFlow("iptables", accept, "ACCEPT")],
    "proxy-iptables-b.json": [{ ...proxyWorld("iptables"), flows }],
  })
  expect(judged(folder)).toMatchObject({ exit: 0, out: "proxy-iptables-a.json  1/1\nproxy-iptables-b.json  1/1" })
})

test("modes differ as they do: nftables drops what the range has not, rejects an unknown port, ignores 127.0.0.1", () => {
  const flows = [
    ["10.0.0.2", "TCP", "172.30.9.9", 80, "DROP", null],
    ["10.0.0.2", "TCP", "172.30.0.41", 81, "REJECT", null],
    ["127.0.0.1", "TCP", "127.0.0.1", 3001, "", false],
    ["203.0.113.2", "TCP", "192.168.99.11", 3001, "", false],
  ]
  const folder = caseFolder({ "proxy-nftables-x.json": [{ ...proxyWorld("nftables"), flows }] })
  expect(judged(folder).out).toBe("proxy-nftables-x.json  4/4")
})

test("a row without flows is malformed", () => {
  const folder = caseFolder({
    "proxy-iptables-x.json": [{ ...proxyWorld("iptables"), flows: FLOWS }, proxyWorld("iptables")],
  })
  expect(judged(folder).err).toMatch(/: \[1\]: has neither flows nor a flow with its expect$/)
})
