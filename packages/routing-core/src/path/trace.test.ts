import { expect, test } from "vitest"
import { ask, shopTable } from "../testing/shop.ts"
import { summary } from "../testing/world.ts"
import type { Trace } from "../trace-types.ts"

const rulesIn = (trace: Trace): readonly string[] => [...trace.dns, ...trace.hops].map((step) => step.rule)

/** [what, from, to, what comes of it]. The rule in front must have acted somewhere on the way. */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  [
    "[R1] an address needs no query",
    "frontend",
    "10.96.0.20:80",
    "delivered: web-1 sees 10.244.1.10, web-2 sees 10.244.1.10",
  ],
  [
    "[R17] a pod's source stays as it is",
    "default/probe",
    "10.96.0.20:80",
    "delivered: web-1 sees 10.244.3.10, web-2 sees 10.244.3.10",
  ],
  [
    "[R17] a node's own traffic is masqueraded",
    "node-1",
    "10.96.0.20:80",
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  ],
  [
    "[R18] a node without backends serves the node port too",
    "outside",
    "172.18.0.4:30036",
    "delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4",
  ],
  [
    "[R18] the node with the backend shows its pod network address",
    "outside",
    "172.18.0.2:30036",
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  ],
  [
    "[R18] a pod uses its own node's port",
    "frontend",
    "172.18.0.2:30036",
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  ],
  [
    "[R19] targetPort decides the port",
    "frontend",
    "10.96.0.20:80",
    "delivered: web-1 sees 10.244.1.10, web-2 sees 10.244.1.10",
  ],
  ["[R23] not ready is no endpoint", "frontend", "10.96.0.34:80", "refused: no-endpoints-not-ready"],
  ["[R23] a selector that matches nobody", "frontend", "10.96.0.35:80", "refused: no-endpoints-selector-mismatch"],
  ["[R23] no selector and no slice", "frontend", "10.96.0.38:80", "refused: no-endpoints-no-selector"],
  ["[R23] no pod has the named port", "frontend", "10.96.0.39:80", "refused: no-endpoints-port-name"],
  ["[R23] node port without endpoints", "outside", "172.18.0.2:30050", "refused: no-endpoints-selector-mismatch"],
  [
    "[R23] load balancer address without endpoints, from outside",
    "outside",
    "172.18.255.204:80",
    "refused: no-endpoints-selector-mismatch",
  ],
  ["[R24] internal Local stays on the node", "frontend", "10.96.0.21:80", "delivered: web-1 sees 10.244.1.10"],
  [
    "[R24] internal Local without one here is dropped",
    "default/probe",
    "10.96.0.21:80",
    "timeout: policy-local-no-endpoint",
  ],
  [
    "[R25] external Local keeps the client's address",
    "outside",
    "172.18.0.2:30037",
    "delivered: web-1 sees 203.0.113.7",
  ],
  [
    "[R25] external Local without one there is dropped",
    "outside",
    "172.18.0.4:30037",
    "timeout: policy-local-no-endpoint",
  ],
  ["[R25] another node counts as outside", "node-1", "172.18.0.4:30037", "timeout: policy-local-no-endpoint"],
  [
    "[R26] a pod on the addressed node uses all endpoints",
    "default/probe",
    "172.18.0.4:30037",
    "delivered: web-1 sees 10.244.3.10, web-2 sees 10.244.3.10",
  ],
  [
    "[R26] the node itself uses all endpoints",
    "node-3",
    "172.18.0.4:30037",
    "delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4",
  ],
  [
    "[R26] a pod uses all endpoints of a Local load balancer",
    "default/probe",
    "172.18.255.201:80",
    "delivered: web-1 sees 10.244.3.10, web-2 sees 10.244.3.10",
  ],
  [
    "[R30] a pod arrives at another node's port as its node",
    "frontend",
    "172.18.0.4:30036",
    "delivered: web-1 sees 172.18.0.4, web-2 sees 172.18.0.4",
  ],
  [
    "[R30] and so is outside for a Local node port",
    "frontend",
    "172.18.0.4:30037",
    "timeout: policy-local-no-endpoint",
  ],
  ["[R32] nothing on the target port", "frontend", "10.96.0.32:80", "refused: wrong-target-port"],
  ["[R32] nothing in the pod at all", "web-1", "10.96.0.31:80", "refused: nothing-listens"],
  ["[R32] the Service's port on a pod's address", "frontend", "10.244.2.11:80", "refused: pod-port-closed"],
  ["[R32] a node's address with the Service's port", "outside", "172.18.0.2:80", "refused: node-ip-service-port"],
  ["[R32] an unused port of the node port range", "outside", "172.18.0.2:32766", "refused: wrong-node-port"],
  [
    "[R32] the headless name leads to the pods, whose port is another",
    "frontend",
    "web-headless:80",
    "refused: pod-port-closed",
  ],
  ["[R33] listens on 127.0.0.1 only", "frontend", "10.96.0.33:80", "refused: listens-on-loopback-only"],
  ["[R33] also by the pod's own address", "frontend", "10.244.2.12:8080", "refused: listens-on-loopback-only"],
  ["[R34] an address that no pod has", "frontend", "10.244.2.99:8080", "timeout (environment): pod-gone"],
  ["[R35] a pod's address, ready or not", "frontend", "10.244.2.13:8080", "delivered: sleepy sees 10.244.1.10"],
  ["[R35] from another node", "node-1", "10.244.2.11:8080", "delivered: web-2 sees 172.18.0.2"],
  ["[R35] from its own node", "node-2", "10.244.2.11:8080", "delivered: web-2 sees 10.244.2.1"],
  ["[R36] cluster IP with another port", "frontend", "10.96.0.20:8080", "timeout (environment): wrong-service-port"],
  [
    "[R36] cluster IP with the node port",
    "frontend",
    "10.96.0.22:30036",
    "timeout (environment): cluster-ip-with-node-port",
  ],
  [
    "[R36] an address of the Service range that nobody has",
    "frontend",
    "10.96.99.99:80",
    "timeout (environment): unknown-address",
  ],
  [
    "[R38] load balancer address with another port",
    "frontend",
    "172.18.255.200:8080",
    "unreachable (environment): load-balancer-wrong-port",
  ],
  ["[R38] from outside too", "outside", "172.18.255.200:31147", "unreachable (environment): load-balancer-wrong-port"],
  ["[R39] a hostNetwork pod's own port", "outside", "172.18.0.4:9100", "delivered: agent sees 203.0.113.7"],
  ["[R40] cluster IP from outside", "outside", "10.96.0.20:80", "timeout (environment): cluster-ip-from-outside"],
  ["[R40] pod address from outside", "outside", "10.244.1.11:8080", "timeout (environment): pod-ip-from-outside"],
  [
    "[R40] another container on the node network is outside",
    "container",
    "10.96.0.20:80",
    "timeout (environment): cluster-ip-from-outside",
  ],
  [
    "[R41] the load balancer address enters through a node",
    "outside",
    "172.18.255.200:80",
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  ],
  [
    "[R41] a Local one through each node that has an endpoint",
    "outside",
    "172.18.255.201:80",
    "delivered: web-1 sees 203.0.113.7, web-2 sees 203.0.113.7",
  ],
  [
    "[R42] a proxy connects with its own address",
    "outside",
    "172.18.255.202:80",
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  ],
  [
    "[R42] a pod really goes through a proxy",
    "default/probe",
    "172.18.255.202:80",
    "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2",
  ],
  ["[R43] a proxy refuses other ports", "outside", "172.18.255.202:8080", "refused: load-balancer-wrong-port"],
  ["[R45] a pod is not in the source ranges", "frontend", "172.18.255.203:80", "timeout: source-not-allowed"],
  ["[R47] an address outside", "frontend", "192.0.2.1:80", "timeout (environment): unknown-address"],
  [
    "[R47] an address of the node network that nobody has",
    "frontend",
    "172.18.7.7:80",
    "unreachable (environment): unknown-address",
  ],
  ["[R49] the health check node port", "outside", "172.18.0.4:32000", "delivered: node-3 sees 203.0.113.7"],
  ["[R50] an external IP", "frontend", "172.18.255.220:80", "delivered: web-1 sees 10.244.1.1, web-2 sees 172.18.0.2"],
  [
    "[R51] a node and a load balancer address without endpoints",
    "node-1",
    "172.18.255.204:80",
    "unreachable (environment): no-endpoints-selector-mismatch",
  ],
  ["[R16] a pod's loopback", "web-1", "127.0.0.1:8080", "delivered: web-1 sees 127.0.0.1"],
  ["[R16] reaches what listens on 127.0.0.1 only", "lonely", "localhost:8080", "delivered: lonely sees 127.0.0.1"],
  ["[R16] the client's own machine", "outside", "127.0.0.1:30036", "refused (environment): local-port-closed"],
]

test.each(ROWS)("%s: %s -> %s: %s", (what, from, to, expected) => {
  const trace = ask(shopTable, from, to)
  expect(summary(trace), JSON.stringify(trace, undefined, 1)).toBe(expected)
  expect(rulesIn(trace), JSON.stringify(trace.hops, undefined, 1)).toContain(/\[(R\d+)\]/.exec(what)?.[1])
})
