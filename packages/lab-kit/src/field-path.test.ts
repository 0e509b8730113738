import { expect, test } from "vitest"
import { fieldAt, parseFieldPath } from "./field-path.ts"

const service = {
  metadata: { labels: { "app.kubernetes.io/name": "web" } },
  spec: {
    ports: [
      { name: "http", port: 80, nodePort: 30036 },
      { name: "admin", port: 9000 },
    ],
  },
}

const at = (path: string): unknown => fieldAt(service, parseFieldPath(path) ?? [])

test("a path goes through keys, indexes, quoted keys and list items found by a field", () => {
  expect(at("spec.ports[1].port")).toBe(9000)
  expect(at("spec.ports[name=admin].port")).toBe(9000)
  expect(at("spec.ports[port=80].nodePort")).toBe(30036)
  expect(at("metadata.labels['app.kubernetes.io/name']")).toBe("web")
})

test("what is not there is undefined, at any depth", () => {
  expect(at("spec.ports[7].port")).toBeUndefined()
  expect(at("status.loadBalancer.ingress[0].ip")).toBeUndefined()
  expect(at("spec.ports[name=grpc].port")).toBeUndefined()
  expect(at("metadata.labels.toString")).toBeUndefined()
})

test.each(["", ".spec", "spec..ports", "spec.ports[]", "spec ports", "spec.ports[name=]"])("%j is no path", (text) => {
  expect(parseFieldPath(text)).toBeUndefined()
})
