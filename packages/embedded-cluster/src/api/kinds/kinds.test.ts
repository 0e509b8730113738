import type { KubeObject } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import defaults from "../../golden/defaults.json" with { type: "json" }
import slices from "../../golden/endpoint-slice-validation.json" with { type: "json" }
import type { ResourceName } from "../../store-types.ts"
import { errorText } from "../field-error.ts"
import { subdomainNames } from "../names.ts"
import { validateMetadata } from "../object-metadata.ts"
import { strategyOf } from "../strategies.ts"
import { endpointSliceStrategy } from "./endpoint-slice.ts"

const RESOURCES: Readonly<Record<string, ResourceName>> = {
  Service: "services",
  Pod: "pods",
  Namespace: "namespaces",
  Node: "nodes",
  Endpoints: "endpoints",
}

test.each(defaults as unknown as readonly { id: string; kind: string; input: KubeObject; output: unknown }[])(
  "upstream gives the same defaults: $id",
  ({ kind, input, output }) => {
    const done = strategyOf(RESOURCES[kind] ?? "configmaps").defaults(input)
    expect(JSON.parse(JSON.stringify(done))).toEqual(output)
  },
)

test.each(
  slices as unknown as readonly { id: string; object: KubeObject; old?: KubeObject; errors: readonly string[] }[],
)("upstream finds the same errors in an EndpointSlice: $id", ({ object, old, errors }) => {
  const found = [
    ...validateMetadata(object, subdomainNames, true),
    ...endpointSliceStrategy.validate(object, old),
    ...(old ? (endpointSliceStrategy.validateUpdate?.(object, old) ?? []) : []),
  ]
  expect(found.map(errorText)).toEqual(errors)
})

const sliceOf = (addressType: string, endpoint: object): KubeObject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "a", namespace: "demo" },
  addressType,
  endpoints: [endpoint],
})

test.each([
  ["FQDN", { addresses: ["db"] }, "should be a domain with at least two segments separated by dots"],
  ["FQDN", { addresses: [""] }, "endpoints[0].addresses[0]: Required value"],
  ["FQDN", { addresses: ["db.example.com."] }, undefined],
  ["IPv4", { addresses: ["10.0.0.1"], hostname: "" }, "endpoints[0].hostname: Invalid value"],
  ["IPv4", { addresses: ["10.0.0.1"], nodeName: "" }, "endpoints[0].nodeName: Invalid value"],
  [
    "IPv4",
    { addresses: ["10.0.0.1"], deprecatedTopology: { "a b": "" } },
    "endpoints[0].deprecatedTopology: Invalid value",
  ],
])("a slice of %s with %o is refused: %s", (type, endpoint, expected) => {
  const [first, ...others] = endpointSliceStrategy.validate(sliceOf(type, endpoint), undefined).map(errorText)
  expect(others).toEqual([])
  if (expected === undefined) expect(first).toBeUndefined()
  else expect(first).toContain(expected)
})
