import { expect, test } from "vitest"
import { pod, service } from "../../testing/world.ts"
import { codes, finding } from "../diagnosed.ts"

test("a dual-stack Service whose pods have one family only (family-without-endpoints)", () => {
  const config = { clusterCIDR: "10.244.0.0/16,fd00:10:244::/56", serviceCIDR: "10.96.0.0/16,fd00:10:96::/112" }
  const dual = service("web", "10.96.0.20", {
    clusterIPs: ["10.96.0.20", "fd00:10:96::20"],
    ipFamilies: ["IPv4", "IPv6"],
    ipFamilyPolicy: "RequireDualStack",
  })
  const found = finding(
    { config, pods: [pod("web-1", "10.244.1.11", "web")], services: [dual] },
    "family-without-endpoints",
  )
  expect(found.severity).toBe("error")
  expect(found.message).toContain("no IPv6 endpoint: 1 pod of 1 has no IPv6 address")
  const single = service("web", "10.96.0.20", { ipFamilies: ["IPv4"] })
  expect(codes({ config, pods: [pod("web-1", "10.244.1.11", "web")], services: [single] })).toEqual([])
})
