import { expect, test } from "vitest"
import { outsideClient } from "./clients.ts"
import { destinations } from "./destinations.ts"
import { foundCluster, readyNodes } from "./found-cluster.ts"
import { CHECK_LABEL, checkObjects, nodeClientName } from "./objects.ts"

const node = (name: string, status = "True") => ({
  metadata: { name },
  status: { addresses: [{ type: "InternalIP", address: "172.18.0.2" }], conditions: [{ type: "Ready", status }] },
})

const nodes = { near: "a", far: "b", all: ["a", "b"] }
const objects = checkObjects("agnhost", "here", nodes)

test("all that the check makes has its label, and lives in its namespace by name", () => {
  expect(objects.filter(({ metadata }) => JSON.stringify(metadata).includes(CHECK_LABEL))).toHaveLength(objects.length)
  expect(JSON.stringify(objects)).toContain("cip.here.svc.cluster.local")
})

test("nodes that are not ready get no pods, those of the control plane come last", () => {
  const list = JSON.stringify({ items: [node("x-control-plane"), node("x-worker2", "False"), node("x-worker")] })
  expect(readyNodes(list)).toEqual(["x-worker", "x-control-plane"])
})

test("every kind of address that the cluster gave is asked for; what is still pending is not", () => {
  const items = [
    {
      metadata: { name: "lb" },
      spec: { clusterIP: "10.96.0.9", ports: [{ nodePort: 30001 }] },
      status: { loadBalancer: { ingress: [{ ip: "172.18.255.1" }] } },
    },
    { metadata: { name: "lb-local" }, spec: { clusterIP: "10.96.0.8", ports: [] }, status: { loadBalancer: {} } },
  ]
  const cluster = foundCluster("here", {
    nodes: JSON.stringify({ items: [node("a")] }),
    pods: JSON.stringify({
      items: [
        {
          metadata: { name: nodeClientName("a") },
          spec: { nodeName: "a", hostNetwork: true },
          status: { podIP: "172.18.0.2" },
        },
      ],
    }),
    services: JSON.stringify({ items }),
  })
  const asked = destinations(cluster).map(({ to }) => to)
  expect(asked).toEqual(expect.arrayContaining(["10.96.0.9:80", "172.18.255.1:80", "172.18.255.1:81", "cip.here:80"]))
  expect(asked.filter((to) => to.startsWith("undefined") || to.endsWith("undefined"))).toEqual([])
  expect(new Set(asked).size).toBe(asked.length)
  expect(cluster.pods.get("on-a")?.hostname).toBe("a")
})

test("a machine outside is an address and the command that runs there", () => {
  expect(outsideClient("container:172.18.0.9=docker exec box")).toEqual({
    from: "container:172.18.0.9",
    command: ["docker", "exec", "box"],
  })
  expect(outsideClient("outside:203.0.113.9")?.command).toEqual([])
  expect(outsideClient("somewhere")).toBeUndefined()
})
