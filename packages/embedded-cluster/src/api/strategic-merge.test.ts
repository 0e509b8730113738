import { expect, test } from "vitest"
import { strategicMerge } from "./strategic-merge.ts"

const deployment = (containers: readonly object[], strategy: object = {}) => ({
  spec: { strategy, template: { spec: { containers } } },
})
const merged = (target: object, patch: object, kind = "Deployment") => {
  const done = strategicMerge(target as Record<string, unknown>, patch as Record<string, unknown>, kind)
  return done.ok ? done.value : done.error.message
}

test("containers are joined by name and what is not named stays", () => {
  const target = deployment([
    { name: "a", image: "x", env: [{ name: "K", value: "1" }] },
    { name: "b", image: "y" },
  ])
  const patch = deployment([{ name: "a", env: [{ name: "L", value: "2" }] }])
  expect(merged(target, { spec: { template: patch.spec.template } })).toEqual(
    deployment([
      {
        name: "a",
        image: "x",
        env: [
          { name: "L", value: "2" },
          { name: "K", value: "1" },
        ],
      },
      { name: "b", image: "y" },
    ]),
  )
})

test("$setElementOrder puts elements in order, $patch: delete takes one out", () => {
  const target = deployment([{ name: "a" }, { name: "b" }, { name: "c" }])
  const spec = {
    "$setElementOrder/containers": [{ name: "c" }, { name: "a" }],
    containers: [{ name: "b", $patch: "delete" }],
  }
  expect(merged(target, { spec: { template: { spec } } })).toEqual(deployment([{ name: "c" }, { name: "a" }]))
})

test("$retainKeys drops the other members", () => {
  const target = deployment([], { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } })
  const patch = { spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } } }
  expect(merged(target, patch)).toEqual(deployment([], { type: "Recreate" }))
})

test("$deleteFromPrimitiveList takes values out, null a field, and other lists are replaced", () => {
  const target = {
    metadata: { finalizers: ["a/b", "c/d"], labels: { x: "1", y: "2" } },
    spec: { externalIPs: ["1.1.1.1"] },
  }
  const patch = {
    metadata: { "$deleteFromPrimitiveList/finalizers": ["a/b"], labels: { x: null } },
    spec: { externalIPs: ["2.2.2.2"] },
  }
  expect(merged(target, patch, "Service")).toEqual({
    metadata: { finalizers: ["c/d"], labels: { y: "2" } },
    spec: { externalIPs: ["2.2.2.2"] },
  })
})

test("an element without its key is refused", () => {
  expect(merged({}, { spec: { ports: [{ name: "x" }] } }, "Service")).toContain(
    "does not contain declared merge key: port",
  )
})
