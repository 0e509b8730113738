import { expect, test } from "vitest"
import { conform } from "./conform.ts"

const service = (spec: object) => conform({ spec }, "Service")

test("unknown fields are named with their place and left out", () => {
  expect(service({ prts: [], ports: [{ port: 80, prt: 1 }] })).toEqual({
    ok: true,
    value: { value: { spec: { ports: [{ port: 80 }] } }, unknown: ["spec.prts", "spec.ports[0].prt"] },
  })
})

test.each([
  [
    { ports: [{ port: "80" }] },
    "json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
  ],
  [
    { ports: [{ port: 80.5 }] },
    "json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.port of type int32",
  ],
  [
    { ports: { port: 80 } },
    "json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort",
  ],
  [
    { selector: "app" },
    "json: cannot unmarshal string into Go struct field ServiceSpec.spec.selector of type map[string]string",
  ],
])("a value of another type is refused in Go's words: %j", (spec, message) => {
  expect(service(spec)).toEqual({ ok: false, error: message })
})

test("null, empty lists and maps, and zeros that Go cannot tell from nothing are as good as absent", () => {
  const given = {
    selector: {},
    externalIPs: [],
    type: null,
    publishNotReadyAddresses: false,
    ports: [{ port: 80, nodePort: 0 }],
  }
  expect(service(given)).toMatchObject({ ok: true, value: { value: { spec: { ports: [{ port: 80 }] } } } })
  const pod = conform({ spec: { volumes: [{ name: "v", emptyDir: {} }] } }, "Pod")
  expect(pod).toMatchObject({ ok: true, value: { value: { spec: { volumes: [{ name: "v", emptyDir: {} }] } } } })
})
