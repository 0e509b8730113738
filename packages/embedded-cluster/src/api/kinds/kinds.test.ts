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
