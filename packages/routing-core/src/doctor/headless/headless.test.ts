import { describe, expect, test } from "vitest"
import { listens, pod, service } from "../../testing/world.ts"
import { codes, finding } from "../diagnosed.ts"

const headless = (port: number, targetPort: number | string = port, more: object = {}) =>
  service("web", "None", { ports: [{ name: "http", port, targetPort }], ...more })
const pods = [pod("web-1", "10.244.1.11", "web")]

describe("ports of a headless Service", () => {
  test("[R5] are not mapped: an error where nobody listens on the port (headless-port-not-mapped)", () => {
    const found = finding({ pods, services: [headless(80, 8080)] }, "headless-port-not-mapped")
    expect(found).toMatchObject({ severity: "error", path: "spec.ports[0].targetPort", value: "8080" })
    expect(found.message).toContain("80 does not become 8080")
    expect(found.fix).toContain("Set port to 8080 as well")
  })

  test("a warning where the sockets are not known", () => {
    const { sockets: _, ...unknown } = pods[0] ?? pod("", "", "")
    expect(codes({ pods: [unknown], services: [headless(80, 8080)] })).toEqual(["warning headless-port-not-mapped"])
  })

  test("a name is not mapped either", () => {
    const { sockets: _, ...unknown } = pods[0] ?? pod("", "", "")
    const declared = { ...unknown, declaredPorts: [{ name: "http", port: 8080, protocol: "TCP" as const }] }
    expect(codes({ pods: [declared], services: [headless(8080, "http")] })).toEqual([])
    expect(
      finding({ pods: [declared], services: [headless(80, "http")] }, "headless-port-not-mapped").message,
    ).toContain('80 does not become "http"')
  })

  test("are fine where they are the same, or pods listen on both", () => {
    expect(codes({ pods, services: [headless(8080)] })).toEqual([])
    const both = [pod("web-1", "10.244.1.11", "web", { sockets: [listens(80), listens(8080)] })]
    expect(codes({ pods: both, services: [headless(80, 8080)] })).toEqual([])
  })

  test("that nobody listens on are an error (headless-port-closed)", () => {
    expect(finding({ pods, services: [headless(9000)] }, "headless-port-closed")).toMatchObject({
      severity: "error",
      fix: "Set port and targetPort to 8080.",
    })
    const shy = [
      pod("web-1", "10.244.1.11", "web", { sockets: [listens(9000, "127.0.0.1")] }),
      pod("client", "10.244.1.12", "client"),
    ]
    expect(finding({ pods: shy, services: [headless(9000)] }, "headless-port-closed").rule).toBe("R33")
  })
})

test("fields that speak to kube-proxy have no effect (headless-ignores)", () => {
  const found = finding(
    { pods, services: [headless(8080, 8080, { sessionAffinity: "ClientIP", internalTrafficPolicy: "Local" })] },
    "headless-ignores",
  )
  expect(found.message).toContain("sessionAffinity and internalTrafficPolicy have no effect")
})

test("[R8] pods in a subdomain that no Service has are not found by name (subdomain-without-service)", () => {
  const named = [pod("db-0", "10.244.1.12", "db", { hostname: "db-0", subdomain: "db" })]
  expect(finding({ pods: named }, "subdomain-without-service")).toMatchObject({
    severity: "warning",
    object: { kind: "Pod", name: "db-0" },
    message: expect.stringContaining("db-0.db does not resolve"),
  })
  const db = service("db", "None", { selector: { app: "db" }, ports: [] })
  expect(codes({ pods: named, services: [db] })).toEqual([])
})
