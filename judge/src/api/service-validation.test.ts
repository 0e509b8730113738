import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"

const service = (spec: object) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", resourceVersion: "1" },
  spec: { ports: [{ name: "p", protocol: "TCP", port: 80, targetPort: 80 }], ...spec },
})

const badPolicy = {
  type: "FieldValueNotSupported",
  field: "spec.internalTrafficPolicy",
  detail: 'supported values: "Cluster", "Local"',
  badValue: "Somewhere",
  message: 'spec.internalTrafficPolicy: Unsupported value: "Somewhere": supported values: "Cluster", "Local"',
  origin: "",
}

const report = (name: string, ...rows: readonly object[]) =>
  judged(caseFolder({ [name]: rows.map((row, index) => ({ id: `row-${index}`, ...row })) }))

test("a Service is given its defaults and then validated, whole and after a change", () => {
  const { exit, out } = report(
    "service-validate-create.json",
    { object: service({}), errorsDefaultGatesAfterDefaulting: [] },
    { object: service({ internalTrafficPolicy: "Somewhere" }), errorsDefaultGatesAfterDefaulting: [badPolicy] },
    {
      oldObject: service({ clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"] }),
      object: service({ clusterIP: "10.0.0.2", clusterIPs: ["10.0.0.2"] }),
      errorsDefaultGatesAfterDefaulting: [
        {
          type: "FieldValueInvalid",
          field: "spec.clusterIPs[0]",
          detail: "may not change once set",
          badValue: ["10.0.0.2"],
          message: 'spec.clusterIPs[0]: Invalid value: ["10.0.0.2"]: may not change once set',
        },
      ],
    },
  )
  expect({ exit, out }).toEqual({ exit: 0, out: "service-validate-create.json  3/3" })
})

test("a type, field, detail or value that differs is a disagreement, and shows both sides", () => {
  for (const difference of [{ type: "FieldValueInvalid" }, { field: "spec" }, { detail: "" }, { badValue: "" }]) {
    const object = service({ internalTrafficPolicy: "Somewhere" })
    const { exit, out } = report("service-validate-update.json", {
      object,
      errorsDefaultGatesAfterDefaulting: [{ ...badPolicy, ...difference }],
    })
    expect(exit).toBe(1)
    expect(out).toContain('we say   FieldValueNotSupported at spec.internalTrafficPolicy "Somewhere": supported values')
  }
})

test("parts of the validation are asked alone", () => {
  const required = {
    type: "FieldValueRequired",
    field: "spec.externalTrafficPolicy",
    detail: "",
    badValue: "",
    message: "spec.externalTrafficPolicy: Required value",
  }
  const rows = { object: { ...service({ type: "NodePort" }), metadata: {} }, errors: [required] }
  expect(report("service-validate-etp.json", rows).out).toBe("service-validate-etp.json  1/1")
})
