import { expect, test } from "vitest"
import { packageType, structType } from "../schema/type-text.ts"
import { factsOf, packageOf } from "./facts.ts"
import { GROUP_FACTS } from "./group-facts.ts"

/** Types of which facts are known although nothing that is served has them. */
const isServed =
  (packageName: string) =>
  (struct: string): boolean =>
    structType(packageType(packageName, struct)).size > 0

test.each(Object.keys(GROUP_FACTS))("facts of %s are about fields that their types have", (packageName) => {
  const structs = [...(GROUP_FACTS[packageName] ?? "").matchAll(/^(\w+)/gm)]
    .map(([name]) => name)
    .filter(isServed(packageName))
  const lost = structs.flatMap((struct) =>
    [...factsOf(packageName, struct, () => undefined).fields.keys()]
      .filter((field) => !structType(packageType(packageName, struct)).has(field))
      .map((field) => `${struct}.${field}`),
  )
  expect(lost).toEqual([])
})

test("a fact is read in all its parts", () => {
  const zero = (): string => ""
  expect(factsOf("io.k8s.api.core.v1", "ServicePort", zero).fields.get("protocol")).toEqual({
    required: false,
    retainKeys: false,
    default: "TCP",
    enum: ["SCTP", "TCP", "UDP"],
  })
  expect(factsOf("io.k8s.api.core.v1", "PodSpec", zero).fields.get("volumes")).toEqual({
    required: false,
    retainKeys: true,
    listType: "map",
    mapKeys: ["name"],
  })
  expect(factsOf("io.k8s.api.core.v1", "Nope", zero)).toEqual({ atomic: false, fields: new Map() })
})

test("a type is looked for beside the one that names it first", () => {
  expect(packageOf("EndpointPort", "io.k8s.api.discovery.v1")).toBe("io.k8s.api.discovery.v1")
  expect(packageOf("EndpointPort", "io.k8s.api.core.v1")).toBe("io.k8s.api.core.v1")
  expect(packageOf("PodTemplateSpec", "io.k8s.api.apps.v1")).toBe("io.k8s.api.core.v1")
  expect(packageOf("NewSpec", "io.k8s.api.new.v1")).toBe("io.k8s.api.new.v1")
})
