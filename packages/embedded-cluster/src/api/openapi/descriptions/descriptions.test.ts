import { expect, test } from "vitest"
import { structType } from "../../schema/type-text.ts"
import { generateSchema } from "../schema.ts"
import { METADATA } from "./metadata.ts"
import { POD } from "./pod.ts"
import { SERVICE } from "./service.ts"
import { WORKLOAD } from "./workload.ts"

const V3 = { prefix: "#/components/schemas/", wrapped: true } as const
const SPECIAL = ["Time", "MicroTime", "Quantity", "IntOrString", "FieldsV1", "Patch"]

test("every text is about a type or field that there is", () => {
  const keys = [METADATA, POD, SERVICE, WORKLOAD].flatMap((texts) => Object.keys(texts))
  const lost = keys.filter((key) => {
    const [struct = "", field] = key.split(".")
    if (SPECIAL.includes(struct)) return false
    return field === undefined ? structType(struct).size === 0 : !structType(struct).has(field)
  })
  expect(lost).toEqual([])
  expect(new Set(keys).size).toBe(keys.length)
})

test.each([
  "core.v1.ServiceSpec",
  "core.v1.ServicePort",
  "core.v1.Service",
  "core.v1.ContainerPort",
  "core.v1.Probe",
  "apps.v1.DeploymentSpec",
  "apps.v1.Deployment",
  "discovery.v1.EndpointSlice",
  "discovery.v1.Endpoint",
  "discovery.v1.EndpointConditions",
])("%s is explained in all its fields", (name) => {
  const { description, properties } = generateSchema(`io.k8s.api.${name}`, V3) as {
    readonly description?: string
    readonly properties: Readonly<Record<string, { readonly description?: string }>>
  }
  const silent = Object.entries(properties).filter(([, field]) => field.description === undefined)
  expect(silent.map(([key]) => key)).toEqual(name.endsWith("Probe") ? ["terminationGracePeriodSeconds"] : [])
  expect(description).toBeDefined()
})
