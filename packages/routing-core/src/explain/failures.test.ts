import { expect, test } from "vitest"
import { ask, shop, shopTable } from "../testing/shop.ts"
import { labels, pod, service, tableOf } from "../testing/world.ts"

const why = (from: string, to: string, table = shopTable) => {
  const { failure } = ask(table, from, to)
  return failure && { message: failure.message, fix: failure.fix, command: failure.command }
}

test("a selector that misses by one letter names the pods and the label that differs", () => {
  const table = tableOf({
    pods: [
      pod("frontend", "10.244.1.10", "frontend"),
      pod("backend-1", "10.244.1.11", "x", { labels: labels("app=back-end,tier=api") }),
      pod("backend-2", "10.244.2.11", "x", { labels: labels("app=back-end,tier=api") }),
    ],
    services: [service("backend", "10.96.0.20", { selector: { app: "backend" } })],
  })
  expect(why("frontend", "backend:80", table)).toEqual({
    message:
      "Service backend in namespace shop selects pods with app=backend, but pods backend-1, backend-2 have app=back-end.",
    fix: "Let the selector of Service backend say app=back-end.",
    command: "kubectl set selector service backend app=back-end -n shop",
  })
  expect(ask(table, "frontend", "backend:80").failure?.cause).toEqual({
    object: { kind: "Service", namespace: "shop", name: "backend" },
    path: "spec.selector",
    value: '{"app":"backend"}',
  })
})

test("a selector that asks for a label that the pods lack keeps the labels that they have", () => {
  const table = tableOf({
    pods: [pod("frontend", "10.244.1.10", "frontend"), pod("web-1", "10.244.1.11", "web")],
    services: [service("web", "10.96.0.20", { selector: { app: "web", version: "v2" } })],
  })
  expect(why("frontend", "web:80", table)).toEqual({
    message: "Service web in namespace shop selects pods with app=web,version=v2, but pod web-1 has no label version.",
    fix: "Let the selector of Service web say app=web.",
    command: "kubectl set selector service web app=web -n shop",
  })
})

test("a selector that nothing comes near to is told without a guess", () => {
  expect(why("frontend", "nobody:80")).toEqual({
    message: "Service nobody in namespace shop selects pods with color=green, and no pod in namespace shop has that.",
    fix: "Run pods with the labels color=green in namespace shop, or let the selector name the labels of the pods that you mean.",
    command: "kubectl get pods --show-labels -n shop",
  })
})

test("pods that are selected and not ready are named", () => {
  expect(why("frontend", "sleepy:80")).toEqual({
    message: "Service sleepy in namespace shop selects pod sleepy, but it is not ready.",
    fix: "Find out why pod sleepy is not ready; a pod gets traffic when its readiness probe succeeds.",
    command: "kubectl describe pod sleepy -n shop",
  })
})

test("ready pods that no EndpointSlice lists yet: no-endpoints-not-yet", () => {
  const table = tableOf({ ...shop, slices: [] })
  expect(ask(table, "frontend", "web:80").failure).toMatchObject({
    code: "no-endpoints-not-yet",
    fix: "Wait a second and try again.",
  })
})

test("a wrong targetPort comes with the patch that mends it", () => {
  expect(why("frontend", "bad-port:80")).toEqual({
    message: "Service bad-port in namespace shop sends to port 9999, but pod web-1 listens on 8080/TCP.",
    fix: "Set targetPort to 8080.",
    command: `kubectl patch service bad-port -n shop --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'`,
  })
  expect(ask(shopTable, "frontend", "bad-port:80").failure?.cause).toMatchObject({
    path: "spec.ports[0].targetPort",
    value: "9999",
  })
})

test("a port that the Service does not have", () => {
  expect(why("frontend", "web:8080")).toEqual({
    message:
      "Service web in namespace shop has no port 8080/TCP; it has 80/TCP. 8080 is its targetPort, the port in the pods.",
    fix: "Ask for port 80, or add port 8080 to the Service.",
    command: "curl http://web",
  })
  expect(why("frontend", "web-np:30036")?.message).toBe(
    "30036 is the node port of Service web-np in namespace shop: it answers on the nodes' addresses. The cluster IP answers on 80/TCP.",
  )
})

test("the Service's port on a node, with and without a node port", () => {
  const one = tableOf({
    services: [
      service("web", "10.96.0.20", { type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30036 }] }),
    ],
  })
  expect(why("outside", "172.18.0.2:80", one)).toEqual({
    message:
      "Nothing listens on node-1:80. 80 is the port of Service web in namespace shop, not a port of the node; its node port is 30036.",
    fix: "Use port 30036 with a node's address.",
    command: "curl http://172.18.0.2:30036",
  })
  expect(why("outside", "172.18.0.2:8080", one)?.message).toContain("8080 is the targetPort of Service web")
  expect(why("outside", "172.18.0.2:31000", one)).toMatchObject({ fix: "Use port 30036." })
  expect(why("outside", "172.18.0.2:80")?.message).toBe(
    "Nothing listens on node-1:80. 80 is a port of 9 Services, not of the node; their node ports are others: agent 30040, nobody 30050, nobody-lb 31160 and 6 more.",
  )
  const table = tableOf({ services: [service("web", "10.96.0.20")] })
  expect(why("outside", "node-1:80", table)?.command).toBe(
    `kubectl patch service web -n shop -p '{"spec":{"type":"NodePort"}}'`,
  )
})

test("a short name from another namespace gets the name that would work", () => {
  expect(why("default/probe", "web:80")).toEqual({
    message:
      "There is no Service web in namespace default; there is one in namespace shop. A short name only finds Services of the client's own namespace.",
    fix: "Ask for web.shop, or in full web.shop.svc.cluster.local.",
    command: "curl http://web.shop",
  })
  expect(ask(shopTable, "frontend", "web.default:80").failure?.code).toBe("name-not-found-namespace")
})

test("a misspelt name gets the one that looks like it", () => {
  expect(ask(shopTable, "frontend", "web-stiky:80").failure).toMatchObject({
    code: "name-not-found",
    fix: "Ask for web-sticky.",
  })
  expect(ask(shopTable, "frontend", "www.example.com:80").failure).toMatchObject({
    code: "name-not-found",
    message: "Nobody knows the name www.example.com.",
  })
})

test("a cluster name on a machine that does not ask kube-dns", () => {
  expect(why("outside", "web-np.shop.svc.cluster.local:80")).toMatchObject({
    fix: "Use a node's address with its node port from here.",
    command: "curl http://172.18.0.2:30036",
  })
  expect(why("outside", "web-lb.shop:80")?.command).toBe("curl http://172.18.255.200")
  expect(why("node-1", "web.shop:80")?.command).toBe("curl http://10.96.0.20")
  for (const from of ["outside", "node-1", "agent"])
    expect(ask(shopTable, from, "web.shop.svc.cluster.local:80").failure?.code).toBe("cluster-name-outside")
})

test("names without an address: headless-no-ready and external-name-not-found", () => {
  expect(ask(shopTable, "frontend", "sleepy-headless:80").failure?.code).toBe("headless-no-ready")
  expect(ask(shopTable, "frontend", "alias-nowhere:80").failure?.code).toBe("external-name-not-found")
  expect(ask(shopTable, "frontend", "alias-ip:80").failure?.code).toBe("external-name-not-found")
})

test("a Local policy names the node that has an endpoint", () => {
  expect(why("outside", "172.18.0.4:30037")).toEqual({
    message:
      "Service web-local in namespace shop has externalTrafficPolicy Local, and no endpoint runs on node-3. It has endpoints on node-1, node-2.",
    fix: "Address node-1 instead, or set externalTrafficPolicy to Cluster.",
    command: `kubectl patch service web-local -n shop -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`,
  })
})

test("a cluster IP from outside gets the patch to type NodePort, unless it has one already", () => {
  expect(why("outside", "10.96.0.20:80")?.command).toBe(
    `kubectl patch service web -n shop -p '{"spec":{"type":"NodePort"}}'`,
  )
  expect(why("outside", "10.96.0.22:80")?.command).toBeUndefined()
})

test("curl's words and exit codes, before and after 8.9", () => {
  const newer = tableOf({ ...shop, config: { curlVersion: "8.9.1" } })
  expect(ask(shopTable, "frontend", "sleepy:80").curl).toEqual({
    exitCode: 7,
    message: "Failed to connect to sleepy port 80 after 0 ms: Couldn't connect to server",
  })
  expect(ask(newer, "frontend", "sleepy:80").curl.message).toBe(
    "Failed to connect to sleepy port 80 after 0 ms: Could not connect to server",
  )
  expect(ask(shopTable, "frontend", "nosuch:80").curl).toEqual({
    exitCode: 6,
    message: "Could not resolve host: nosuch",
  })
  expect(ask(shopTable, "frontend", "172.18.255.200:81").curl).toEqual({
    exitCode: 7,
    message: "Failed to connect to 172.18.255.200 port 81 after 3060 ms: Couldn't connect to server",
  })
  expect(ask(shopTable, "frontend", "10.96.0.20:81").curl).toEqual({
    exitCode: 28,
    message: "Failed to connect to 10.96.0.20 port 81 after 127000 ms: Couldn't connect to server",
  })
  expect(ask(shopTable, "frontend", "web:80").curl).toEqual({ exitCode: 0 })
})

test("every hop of a way through two nodes is told in a sentence", () => {
  const { hops } = ask(shopTable, "outside", "172.18.0.4:30036", { picks: [0.9] })
  expect(hops.map((hop) => hop.says)).toEqual([
    "The client 203.0.113.7 connects to 172.18.0.4:30036.",
    "node-3 translates 172.18.0.4:30036 to 10.244.2.11:8080, one of 2 endpoints of Service web-np in namespace shop, and rewrites the source to 172.18.0.4, its own address, so that the answer comes back through it.",
    "node-2 hands the packet to the pod with address 10.244.2.11.",
    "Pod web-2 answers on port 8080; it sees the client 172.18.0.4.",
  ])
})

test("the first hop is the client's own, on whatever machine it runs", () => {
  for (const from of ["frontend", "agent", "node-1", "outside", "container"]) {
    const [first] = ask(shopTable, from, "172.18.0.3:30036").hops
    expect(first).toMatchObject({ action: "send", exit: { destination: { ip: "172.18.0.3", port: 30036 } } })
  }
})

test("notes tell what a success does not show", () => {
  const notes = (from: string, to: string) =>
    ask(shopTable, from, to, { picks: [0, 0.9] }).notes.map((note) => note.code)
  expect(notes("outside", "172.18.0.4:30036")).toEqual(["source-rewritten", "extra-hop"])
  expect(notes("default/probe", "172.18.255.201:80")).toEqual([
    "policy-local-bypassed",
    "extra-hop",
    "load-balancer-bypassed",
  ])
  expect(notes("frontend", "10.244.2.13:8080")).toEqual(["pod-address", "pod-not-ready"])
  expect(notes("outside", "172.18.255.202:80")).toEqual(["load-balancer-source", "source-rewritten", "extra-hop"])
})
