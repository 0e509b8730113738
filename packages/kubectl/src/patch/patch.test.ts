import { expect, test } from "vitest"
import { threeWayPatch, twoWayPatch } from "./three-way.ts"

const service = (ports: readonly object[], more: object = {}): Record<string, unknown> => ({
  spec: { selector: { app: "web" }, ports, ...more },
})

test("apply sets what the file says and leaves what the server added", () => {
  const file = service([{ port: 80, targetPort: 8080 }])
  const live = service([{ port: 80, targetPort: 8080, protocol: "TCP" }], { clusterIP: "10.96.0.7", type: "ClusterIP" })
  expect(threeWayPatch("Service", file, file, live, false)).toEqual({})
})

test("apply removes what the file no longer says, ports by their number", () => {
  const before = service(
    [
      { port: 80, name: "http" },
      { port: 81, name: "admin" },
    ],
    { sessionAffinity: "ClientIP" },
  )
  const after = service([{ port: 80, name: "web" }])
  expect(threeWayPatch("Service", before, after, before, false)).toEqual({
    spec: {
      "$setElementOrder/ports": [{ port: 80 }],
      ports: [
        { name: "web", port: 80 },
        { $patch: "delete", port: 81 },
      ],
      sessionAffinity: null,
    },
  })
})

test("a field that another client set is not removed, one that differs is set back", () => {
  const file = service([{ port: 80 }])
  const live = { spec: { selector: { app: "other" }, ports: [{ port: 80 }], externalIPs: ["1.2.3.4"] } }
  expect(threeWayPatch("Service", file, file, live, false)).toEqual({ spec: { selector: { app: "web" } } })
})

test("containers and their environment are found by name", () => {
  const deployment = (image: string, env: readonly object[]): Record<string, unknown> => ({
    spec: {
      template: {
        spec: {
          containers: [
            { name: "web", image, env },
            { name: "side", image: "s" },
          ],
        },
      },
    },
  })
  expect(
    twoWayPatch(
      "Deployment",
      deployment("a:1", [{ name: "A", value: "1" }]),
      deployment("a:2", [{ name: "B", value: "2" }]),
      false,
    ),
  ).toEqual({
    spec: {
      template: {
        spec: {
          "$setElementOrder/containers": [{ name: "web" }, { name: "side" }],
          containers: [
            {
              "$setElementOrder/env": [{ name: "B" }],
              env: [
                { name: "B", value: "2" },
                { $patch: "delete", name: "A" },
              ],
              image: "a:2",
              name: "web",
            },
          ],
        },
      },
    },
  })
})

test("lists without a key replace each other", () => {
  expect(
    twoWayPatch("Service", { spec: { externalIPs: ["a"] } }, { spec: { externalIPs: ["b", "c"] } }, false),
  ).toEqual({
    spec: { externalIPs: ["b", "c"] },
  })
})
