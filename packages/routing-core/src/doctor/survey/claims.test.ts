import type { Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { pod, service } from "../../testing/world.ts"
import { diagnosed } from "../diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web")]

const message = (services: readonly Service[], code: string): string | undefined =>
  diagnosed({ pods, services, slices: [] }).find((finding) => finding.code === code)?.message

test("where thousands want one thing three are named and the others counted", () => {
  const services = Array.from({ length: 500 }, (_, at) => service(`web-${1000 + at}`, "10.96.0.20"))
  expect(message(services, "cluster-ip-taken")).toContain(
    "wanted by Service shop/web-1001, Service shop/web-1002, Service shop/web-1003 and 496 more too",
  )
})

test("where they want several things, no more than a hundred are counted", () => {
  const sharing = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      service(`web-${1000 + at}`, `10.96.${1 + (at >> 8)}.${at & 255}`, {
        externalIPs: ["172.18.255.220"],
        ports: [
          { name: "http", port: 80, targetPort: 8080 },
          { name: "more", port: 81, targetPort: 8080 },
        ],
      }),
    )
  expect(message(sharing(3), "external-ip-taken")).toContain(
    "wanted by Service shop/web-1001 and Service shop/web-1002 too",
  )
  expect(message(sharing(12), "external-ip-taken")).toContain("Service shop/web-1003 and 8 more too")
  expect(message(sharing(300), "external-ip-taken")).toContain("Service shop/web-1003 and more than 97 more too")
})
