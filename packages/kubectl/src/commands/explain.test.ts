import type { KubeRequest } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { createFakeServer } from "../testing/fake-server.ts"
import { runKubectl } from "../testing/run-kubectl.ts"

const SCHEMAS = "#/components/schemas/"
const named = (name: string): object => ({ $ref: `${SCHEMAS}io.k8s.api.core.v1.${name}` })

const DOCUMENT = {
  components: {
    schemas: {
      "io.k8s.api.core.v1.Service": {
        description: "A name for pods.",
        type: "object",
        properties: {
          kind: { type: "string", description: "What it is." },
          spec: { allOf: [named("ServiceSpec")], default: {}, description: "How it is reached." },
        },
        "x-kubernetes-group-version-kind": [{ group: "", kind: "Service", version: "v1" }],
      },
      "io.k8s.api.core.v1.ServiceSpec": {
        description: "What is to be.",
        type: "object",
        properties: {
          externalTrafficPolicy: {
            type: "string",
            enum: ["Cluster", "Local"],
            description: `One of two, of which this text says so much that ${"it ".repeat(12)}wraps.`,
          },
          ports: { type: "array", items: { allOf: [named("ServicePort")] } },
          selector: { type: "object", additionalProperties: { type: "string" } },
          since: { allOf: [named("Time")] },
        },
      },
      "io.k8s.api.core.v1.ServicePort": {
        type: "object",
        required: ["port"],
        properties: {
          port: { type: "integer" },
          protocol: { type: "string", enum: ["", "B", "C", "D", "E"] },
          targetPort: { allOf: [named("IntOrString")] },
        },
      },
      "io.k8s.api.core.v1.IntOrString": { oneOf: [{ type: "integer" }, { type: "string" }], description: "Either." },
      "io.k8s.api.core.v1.Time": { type: "string", format: "date-time" },
    },
  },
}

const INDEX = { paths: { "api/v1": { serverRelativeURL: "/openapi/v3/api/v1?hash=1" } } }

const explain = (...line: readonly string[]) => {
  const server = createFakeServer()
  const transport = async (request: KubeRequest) => {
    if (request.path === "/openapi/v3") return { status: 200, headers: {}, body: JSON.stringify(INDEX) }
    if (request.path === "/openapi/v3/api/v1?hash=1")
      return { status: 200, headers: {}, body: JSON.stringify(DOCUMENT) }
    return server.transport(request)
  }
  return runKubectl({ ...server, transport }, ["explain", ...line])
}

test("a kind is explained with its fields, each in a paragraph", async () => {
  expect((await explain("svc")).stdout).toBe(
    [
      "KIND:       Service",
      "VERSION:    v1",
      "",
      "DESCRIPTION:",
      "    A name for pods.",
      "    ",
      "FIELDS:",
      "  kind\t<string>",
      "    What it is.",
      "",
      "  spec\t<ServiceSpec>",
      "    How it is reached.",
      "",
      "",
      "",
    ].join("\n"),
  )
})

test("a field without fields has its values and its text, in lines of 80", async () => {
  expect((await explain("service.spec.externalTrafficPolicy")).stdout).toBe(
    [
      "KIND:       Service",
      "VERSION:    v1",
      "",
      "FIELD: externalTrafficPolicy <string>",
      "ENUM:",
      "    Cluster",
      "    Local",
      "",
      "DESCRIPTION:",
      "    One of two, of which this text says so much that it it it it it it it it it",
      "    it it it wraps.",
      "    ",
      "",
      "",
    ].join("\n"),
  )
})

test("--recursive lists fields of fields, of items and of values, without their texts", async () => {
  const { stdout } = await explain("services.spec", "--recursive")
  expect(stdout).toBe(
    [
      "KIND:       Service",
      "VERSION:    v1",
      "",
      "FIELD: spec <ServiceSpec>",
      "",
      "",
      "DESCRIPTION:",
      "    How it is reached.",
      "    What is to be.",
      "    ",
      "FIELDS:",
      "  externalTrafficPolicy\t<string>",
      "  enum: Cluster, Local",
      "  ports\t<[]ServicePort>",
      "    port\t<integer> -required-",
      "    protocol\t<string>",
      '    enum: "", B, C, D, ....',
      "    targetPort\t<IntOrString>",
      "  selector\t<map[string]string>",
      "  since\t<string>",
      "",
      "",
    ].join("\n"),
  )
})

test("what says nothing is said to be empty", async () => {
  const { stdout } = await explain("svc.spec.ports")
  expect(stdout).toContain("DESCRIPTION:\n    <empty>\nFIELDS:\n  port\t<integer> -required-\n    <no description>\n\n")
})

test.each([
  [["svc.spec.ports.nope"], "KIND:       Service\nVERSION:    v1\n\n", 'error: field "nope" does not exist\n'],
  [["nopes"], "", 'the server doesn\'t have a resource type "nopes"\n'],
  [["svc", "po"], "", "error: We accept only this format: explain RESOURCE\n"],
  [["svc", "-o", "json"], "", "error: unrecognized format: json\n"],
  [["svc..spec"], "", "error: invalid jsonpath syntax, first node must be field node\n"],
  [["svc", "--api-version=apps/v1"], "", "error: GVR (apps/v1, Resource=services) not found in OpenAPI schema\n"],
  [
    [],
    "",
    'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
  ],
])("explain %j is refused", async (line, stdout, stderr) => {
  expect(await explain(...line)).toEqual({ exit: 1, stdout, stderr })
})
