import type { Node, Pod, Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { deriveEndpointSlices } from "./derived-slices.ts"

const node: Node = { apiVersion: "v1", kind: "Node", metadata: { name: "one" } }

const pod = (name: string, ip: string, ready: boolean, app = "web"): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "shop", labels: { app } },
  spec: { nodeName: "one", containers: [{ name: "c", image: "i", ports: [{ name: "http", containerPort: 8080 }] }] },
  status: { phase: "Running", podIP: ip, conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
})

const service = (name: string, spec: Service["spec"]): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop" },
  spec: { ports: [{ port: 80, targetPort: "http" }], ...spec },
})

test("slices hold the selected pods with their readiness, and the number behind a named port", () => {
  const pods = [pod("a", "10.244.1.2", true), pod("b", "10.244.1.3", false), pod("c", "10.244.1.4", true, "other")]
  const services = [service("web", { selector: { app: "web" } }), service("outside", {})]
  const slices = deriveEndpointSlices({ nodes: [node], pods, services })
  expect(slices.map(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"])).toEqual(["web"])
  expect(slices[0]?.ports).toMatchObject([{ port: 8080, protocol: "TCP" }])
  expect(slices[0]?.endpoints).toMatchObject([
    { addresses: ["10.244.1.2"], conditions: { ready: true }, nodeName: "one" },
    { addresses: ["10.244.1.3"], conditions: { ready: false }, nodeName: "one" },
  ])
})

test("a Service whose selector matches nothing has one empty slice, as in a cluster", () => {
  const slices = deriveEndpointSlices({ nodes: [node], pods: [], services: [service("web", { selector: { a: "b" } })] })
  expect(slices).toMatchObject([{ metadata: { namespace: "shop" }, endpoints: null }])
})
