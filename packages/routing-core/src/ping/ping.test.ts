import { expect, test } from "vitest"
import { shop, shopTable } from "../testing/shop.ts"
import { NODES, origin, tableOf } from "../testing/world.ts"
import { ping } from "./ping.ts"

const nftables = tableOf({ ...shop, config: { proxyMode: "nftables" } })

test("[R69] pods, nodes and names that lead to pods answer", () => {
  expect(ping(shopTable, origin("frontend"), "10.244.2.11")).toMatchObject({
    ip: "10.244.2.11",
    outcome: "reply",
    certainty: "certain",
    at: { kind: "pod", name: "web-2" },
  })
  expect(ping(shopTable, origin("outside"), "172.18.0.3")).toMatchObject({ outcome: "reply", at: { name: "node-2" } })
  expect(ping(shopTable, origin("frontend"), "web-headless").outcome).toBe("reply")
  expect(ping(shopTable, origin("frontend"), "127.0.0.1").outcome).toBe("reply")
  expect(ping(shopTable, origin("frontend"), "nowhere")).toMatchObject({
    outcome: "unknown-host",
    afterMs: 0,
  })
})

test("[R69] nobody holds a cluster IP: lost beyond the node in iptables mode", () => {
  expect(ping(shopTable, origin("frontend"), "web")).toMatchObject({
    ip: "10.96.0.20",
    outcome: "loss",
    certainty: "environment",
  })
  expect(ping(shopTable, origin("frontend"), "10.96.99.99").outcome).toBe("loss")
})

test("[R69] nftables refuses a cluster IP, from the pod's gateway or the node's own address, and drops one that nobody has", () => {
  expect(ping(nftables, origin("frontend"), "10.96.0.20")).toMatchObject({
    outcome: "port-unreachable",
    certainty: "certain",
    at: { kind: "node", name: "node-1" },
    reporter: "10.244.1.1",
  })
  expect(ping(nftables, origin("node-1"), "10.96.0.20")).toMatchObject({ reporter: "172.18.0.2" })
  expect(ping(nftables, origin("frontend"), "10.96.99.99")).toMatchObject({ outcome: "loss", certainty: "certain" })
})

test("[R69] ipvs refuses every address that a Service has", () => {
  const ipvs = tableOf({ ...shop, config: { proxyMode: "ipvs" } })
  expect(ping(ipvs, origin("frontend"), "10.96.0.20").outcome).toBe("port-unreachable")
})

test("[R69] an address on the nodes' network that nobody has is unreachable after a while, and a stopped node is silent", () => {
  expect(ping(shopTable, origin("frontend"), "172.18.255.200")).toMatchObject({
    outcome: "host-unreachable",
    certainty: "environment",
    reporter: "172.18.0.2",
    afterMs: 3060,
  })
  const stopped = tableOf({ ...shop, nodes: NODES.map((node) => ({ ...node, stopped: node.name === "node-2" })) })
  expect(ping(stopped, origin("frontend"), "10.244.2.11")).toMatchObject({ outcome: "loss", afterMs: 0 })
  expect(ping(stopped, origin("node-2"), "10.244.1.11")).toEqual({
    outcome: "loss",
    certainty: "certain",
    afterMs: 0,
    rule: "R69",
  })
})
