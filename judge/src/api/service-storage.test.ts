import { expect, test } from "vitest"
import { caseFolder, judged } from "../testing/case-folder.ts"

const service = (spec: object) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "foo", namespace: "default" },
  spec: {
    ports: [{ protocol: "TCP", port: 93, targetPort: 76 }],
    selector: { k: "v" },
    type: "ClusterIP",
    sessionAffinity: "None",
    internalTrafficPolicy: "Cluster",
    ...spec,
  },
  status: { loadBalancer: {} },
})

const stored = (ip: string) =>
  service({ clusterIP: ip, clusterIPs: [ip], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" })

const create = {
  op: "create",
  input: service({}),
  output: stored("10.0.104.16"),
  allocated: [{ path: "spec.clusterIPs[0]", family: "IPv4" }],
  allocatedAfter: { IPv4: ["10.0.104.16"], nodePorts: [] },
}

const report = (...ops: readonly object[]) =>
  judged(caseFolder({ "service-storage.json": [{ id: "row", storage: 1, clusterFamilies: ["IPv4"], ops }] }))

test("what the allocator draws may differ, in what follows too", () => {
  const change = {
    op: "update",
    input: service({ clusterIP: "10.0.104.16", selector: { k: "w" } }),
    output: { ...stored("10.0.104.16"), spec: { ...stored("10.0.104.16").spec, selector: { k: "w" } } },
    allocatedAfter: { IPv4: ["10.0.104.16"], nodePorts: [] },
  }
  expect(report(create, change)).toMatchObject({ exit: 0, out: "service-storage.json  1/1" })
})

test("an address that nobody in the row has was taken by others, and is refused", () => {
  const value = 'Invalid value: ["10.0.0.9"]'
  const message = `${value}: failed to allocate IP 10.0.0.9: provided IP is already allocated`
  const refused = {
    op: "create",
    input: service({ clusterIP: "10.0.0.9", clusterIPs: ["10.0.0.9"] }),
    error: {
      status: "Failure",
      message: `Service "foo" is invalid: spec.clusterIPs: ${message}`,
      reason: "Invalid",
      details: {
        name: "foo",
        kind: "Service",
        causes: [{ reason: "FieldValueInvalid", message, field: "spec.clusterIPs" }],
      },
      code: 422,
    },
    allocatedAfter: { IPv4: ["10.0.0.9"], nodePorts: [] },
  }
  expect(report(refused)).toMatchObject({ exit: 0, out: "service-storage.json  1/1" })
})

test("anything else that is stored differently, or left taken, is a disagreement", () => {
  const output = stored("10.0.104.16")
  const other = { ...create, output: { ...output, spec: { ...output.spec, ipFamilyPolicy: "PreferDualStack" } } }
  expect(report(other).exit).toBe(1)
  expect(report({ ...create, allocatedAfter: { IPv4: [], nodePorts: [] } }).out).toContain(
    'taken {"IPv4":[],"nodePorts":[]}',
  )
})
