import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type DiscoveredResource, missingFrom } from "./discovery.ts"
import { FIDELITY_FILE, fidelityDocument } from "./fidelity.ts"
import { servedResources } from "./served.ts"

test("docs/fidelity.md is what `pnpm fidelity` writes", () => {
  expect(
    readFileSync(FIDELITY_FILE, "utf8") === fidelityDocument(),
    "docs/fidelity.md is stale: run `pnpm fidelity`",
  ).toBe(true)
})

test("what is served is told with its verbs, subresources and columns", () => {
  const services = servedResources().find(({ apiVersion, resource }) => apiVersion === "v1" && resource === "services")
  expect(services).toMatchObject({ kind: "Service", namespaced: true, shortNames: ["svc"] })
  expect(services?.verbs).toContain("watch")
  expect(services?.subresources.map(({ name }) => name)).toContain("status")
  expect(services?.columns).toContainEqual({ name: "Selector", isWide: true })
  expect(services?.columns).toContainEqual({ name: "Cluster-IP", isWide: false })
})

test("what is missing is whole versions, resources of versions that are there, and verbs of resources that are there", () => {
  const one = (apiVersion: string, resource: string, verbs: readonly string[], status: readonly string[] = []) =>
    ({
      apiVersion,
      resource,
      kind: resource,
      namespaced: true,
      shortNames: [],
      verbs,
      subresources: status.length > 0 ? [{ name: "status", verbs: status }] : [],
    }) satisfies DiscoveredResource
  const ours = [one("v1", "pods", ["get"], ["get"]), one("v1", "own", ["get"])]
  const theirs = [
    one("v1", "pods", ["get", "list"], ["get", "patch"]),
    one("v1", "nodes", ["get"]),
    one("x/v1", "a", []),
  ]
  expect(missingFrom(ours, theirs)).toEqual({
    versions: [{ apiVersion: "x/v1", resources: ["a"] }],
    resources: [{ apiVersion: "v1", resource: "nodes" }],
    verbs: [
      { apiVersion: "v1", path: "pods", verbs: ["list"] },
      { apiVersion: "v1", path: "pods/status", verbs: ["patch"] },
    ],
  })
})
