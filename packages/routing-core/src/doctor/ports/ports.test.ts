import { describe, expect, test } from "vitest"
import type { PodFacts } from "../../state.ts"
import { listens, pod, service, slice } from "../../testing/world.ts"
import { codes, finding, WEB } from "../diagnosed.ts"

/** A pod of which we do not know what it listens on, only what it declares. */
const declaring = (...declaredPorts: NonNullable<PodFacts["declaredPorts"]>): PodFacts => {
  const { sockets: _, ...rest } = pod("web-1", "10.244.1.11", "web")
  return { ...rest, declaredPorts }
}

const to = (targetPort: number | string, protocol: "TCP" | "UDP" = "TCP") =>
  service("web", "10.96.0.20", { ports: [{ name: "http", port: 80, targetPort, protocol }] })

describe("known sockets", () => {
  test("[R32] nobody listens on the targetPort (wrong-target-port)", () => {
    const found = finding({ pods: [pod("web-1", "10.244.1.11", "web")], services: [to(9999)] }, "wrong-target-port")
    expect(found).toMatchObject({
      severity: "error",
      path: "spec.ports[0].targetPort",
      value: "9999",
      message: "Service web sends its port http (80) to 9999/TCP, but pod web-1 listens on 8080/TCP.",
      fix: "Set targetPort to 8080.",
    })
  })

  test("only a part of the pods listens there", () => {
    const pods = [pod("web-1", "10.244.1.11", "web"), pod("web-2", "10.244.2.11", "web", { sockets: [listens(9090)] })]
    expect(finding({ pods, services: [WEB] }, "wrong-target-port").message).toMatch(/^1 of 2 endpoints refuses: /)
  })

  test("they listen, but over another protocol", () => {
    const pods = [pod("web-1", "10.244.1.11", "web", { sockets: [{ ...listens(8080), protocol: "UDP" }] })]
    expect(finding({ pods, services: [WEB] }, "wrong-target-port")).toMatchObject({
      path: "spec.ports[0].protocol",
      fix: "Set the port's protocol to UDP.",
    })
  })

  test("a pod listens on nothing (nothing-listens), or on 127.0.0.1 (listens-on-loopback-only)", () => {
    const silent = [pod("web-1", "10.244.1.11", "web", { sockets: [] })]
    expect(codes({ pods: silent, services: [WEB] })).toEqual(["error nothing-listens"])
    const shy = [pod("web-1", "10.244.1.11", "web", { sockets: [listens(8080, "127.0.0.1")] })]
    expect(codes({ pods: shy, services: [WEB] })).toEqual(["error listens-on-loopback-only"])
  })
})

describe("declared ports", () => {
  test("a targetPort that no container declares is a note only (target-port-undeclared)", () => {
    const found = finding(
      { pods: [declaring({ port: 8080, protocol: "TCP" })], services: [to(9999)] },
      "target-port-undeclared",
    )
    expect(found.severity).toBe("note")
    expect(found.fix).toContain("If the program listens on 8080")
    expect(codes({ pods: [declaring()], services: [to(9999)] })).toEqual([])
  })

  test("one that is declared for another protocol is a warning (protocol-differs)", () => {
    expect(codes({ pods: [declaring({ port: 53, protocol: "UDP" })], services: [to(53)] })).toEqual([
      "warning protocol-differs",
    ])
  })

  const named = (port: number, name = "http") => ({ name, port, protocol: "TCP" as const })
  const numbered = (number: number) =>
    slice(to(number), [{ addresses: ["10.244.1.11"], targetRef: { kind: "Pod", name: "web-1", namespace: "shop" } }])

  test("a name that no pod has (no-endpoints-port-name)", () => {
    const found = finding({ pods: [declaring(named(8080, "web"))], services: [to("http")] }, "no-endpoints-port-name")
    expect(found.fix).toBe('Set targetPort to "web".')
  })

  test("a name that pods have for another protocol", () => {
    const found = finding({ pods: [declaring(named(8080))], services: [to("http", "UDP")] }, "no-endpoints-port-name")
    expect(found.message).toContain("for TCP only; this port is UDP")
  })

  test("a name that slices have no port for, when nothing is known of the pods", () => {
    expect(codes({ pods: [pod("web-1", "10.244.1.11", "web")], services: [to("http")] })).toEqual([
      "error no-endpoints-port-name",
    ])
  })

  test("[R19] a name that some pods lack (named-port-missing) and one with several numbers (named-port-differs)", () => {
    const second = { ...declaring(named(9090)), name: "web-2", ip: "10.244.2.11" }
    const third = { ...declaring(named(9090, "other")), name: "web-3", ip: "10.244.3.11" }
    const found = codes({
      pods: [declaring(named(8080)), second, third],
      services: [to("http")],
      slices: [numbered(8080), slice(to(9090), [{ addresses: ["10.244.2.11"] }, { addresses: ["10.244.3.11"] }], 2)],
    })
    expect(found).toEqual(["warning named-port-missing", "note named-port-differs"])
  })
})

describe("ports of slices", () => {
  const byHand = { ...WEB, spec: { clusterIP: "10.96.0.20", ports: [{ name: "http", port: 80, targetPort: 8080 }] } }
  const slicePort = (port: { name?: string; protocol?: "TCP" | "UDP" }) => ({
    ...slice(byHand, [{ addresses: ["192.0.2.7"] }]),
    ports: [{ port: 8080, ...port }],
  })

  test("belong to the Service's by name and protocol (slice-port-mismatch)", () => {
    const found = finding({ services: [byHand], slices: [slicePort({ name: "web" })] }, "slice-port-mismatch")
    expect(found.message).toContain('No EndpointSlice has a port "http" (TCP)')
    expect(found.message).toContain('has "web" (TCP)')
    expect(codes({ services: [byHand], slices: [slicePort({ name: "http", protocol: "UDP" })] })).toEqual([
      "error slice-port-mismatch",
    ])
    expect(codes({ services: [byHand], slices: [slicePort({ name: "http" })] })).toEqual([])
  })
})
