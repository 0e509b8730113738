import { rmSync } from "node:fs"
import { afterAll, describe, expect, test } from "vitest"
import { folderWith, runIn } from "../testing/command-line.ts"
import {
  listOf,
  shopDns,
  shopDnsSlice,
  shopNodes,
  shopPods,
  shopServices,
  shopSlices,
} from "../testing/running-shop.ts"
import { pageOf } from "../trace/text-layout.ts"
import { reportText } from "./report-text.ts"

const deployment = (name: string, labels: string, args = "--http-port=8080"): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {${labels}}}
    spec:
      containers:
        - name: main
          image: registry.k8s.io/e2e-test-images/agnhost:2.63.0
          args: ["netexec", "${args}"]
`

const service = (name: string, selector: string, spec = "", namespace = "shop"): string => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {${selector}}
${spec}
  ports: [{name: http, port: 80, targetPort: 8080}]
`

const manifests = (...texts: readonly string[]): string =>
  [
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}",
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: stage}",
    ...texts,
  ].join("\n---\n")

const folder = folderWith({
  "good.yaml": manifests(deployment("web", "app: web"), service("web", "app: web")),
  "bad.yaml": manifests(
    deployment("web", "app: web"),
    service("web", "app: wbe"),
    service("fine", "app: web"),
    service("local", "app: web", "  type: NodePort\n  externalTrafficPolicy: Local"),
  ),
  "warned.yaml": manifests(
    deployment("web", "app: web"),
    service("web", "app: web", "  type: NodePort\n  externalTrafficPolicy: Local"),
  ),
  "services.yaml": manifests(service("web", "app: web")),
  "nothing.yaml": manifests(),
  "broken.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: 80}\n",
})
afterAll(() => rmSync(folder, { recursive: true }))

const doctor = (...args: readonly string[]) => runIn(folder, ["doctor", ...args])

describe("what is printed", () => {
  test("nothing found: one line, exit code 0", async () => {
    const { exitCode, out } = await doctor("-f", "good.yaml")
    expect(out).toBe("Looked at 1 Service: nothing found.\n")
    expect(exitCode).toBe(0)
  })

  test("a finding stands under its Service, with message, field, line, fix and command; exit code 1", async () => {
    const { exitCode, out } = await doctor("-f", "bad.yaml", "shop/web")
    expect(exitCode).toBe(1)
    expect(out).toMatch(/^Service shop\/web\n {2}error {4}no-endpoints-selector-mismatch {2}R23\n/)
    expect(out).toContain('spec.selector: {"app":"wbe"}')
    expect(out).toMatch(/^ +bad\.yaml:\d+$/m)
    expect(out).toContain("Fix  Let the selector say app=web.")
    expect(out).toContain("kubectl patch service web -n shop --type=json -p '[{")
    expect(out).toMatch(/Looked at 1 Service: 1 error\.\n$/)
  })

  test("Services with errors come first", async () => {
    const { out } = await doctor("-f", "bad.yaml")
    expect([...out.matchAll(/^Service (.+)$/gm)].map(([, name]) => name)).toEqual(["shop/web", "shop/local"])
  })

  test("colour only where it is wanted", async () => {
    expect((await doctor("-f", "bad.yaml")).out).not.toContain("\u001b[")
    expect((await runIn(folder, ["doctor", "-f", "bad.yaml"], { colour: true })).out).toContain("\u001b[31merror")
  })

  test("text of objects does not steer the terminal", () => {
    const object = { kind: "Service", namespace: "shop", name: "web" }
    const steering = {
      code: "some-pods-not-ready",
      severity: "note",
      object,
      message: "\u001b[2Jgone",
      fix: "Wait.",
    } as const
    const text = reportText({ source: "x", services: 1, findings: [steering] }, pageOf({ columns: 80, colour: false }))
    expect(text).not.toContain("\u001b")
  })

  test("-o json: source, counts and findings with their places", async () => {
    const { exitCode, out } = await doctor("-f", "bad.yaml", "-o", "json")
    const report = JSON.parse(out)
    expect(exitCode).toBe(1)
    expect(report.source).toBe("bad.yaml")
    expect(report.summary).toMatchObject({ services: 3, errors: 1 })
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "no-endpoints-selector-mismatch",
        severity: "error",
        object: { kind: "Service", namespace: "shop", name: "web" },
        path: "spec.selector",
        place: { file: "bad.yaml", line: expect.any(Number) },
      }),
    )
  })

  test("--help shows examples and what the exit codes mean", async () => {
    const { exitCode, out } = await doctor("--help")
    expect(exitCode).toBe(0)
    expect(out).toContain("pilotage doctor -f manifests/")
    expect(out).toContain("Exit codes: 0 nothing as bad as --fail-on")
  })
})

describe("what is looked at", () => {
  test("all Services, those of a namespace, or those named", async () => {
    expect((await doctor("-f", "bad.yaml", "-A")).out).toContain("Looked at 3 Services: 1 error")
    expect((await doctor("-f", "bad.yaml", "-n", "shop", "fine")).out).toBe("Looked at 1 Service: nothing found.\n")
    expect((await doctor("-f", "bad.yaml", "svc/fine", "shop/local")).out).toContain("Looked at 2 Services")
  })

  test("without pods or what makes pods, nothing is said of them", async () => {
    const { exitCode, out, err } = await doctor("-f", "services.yaml")
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: "Looked at 1 Service: nothing found.\n" })
    expect(err).toContain("selectors and target ports are not checked")
  })
})

test("a folder without Services says so", async () => {
  expect(await doctor("-f", "nothing.yaml")).toMatchObject({
    exitCode: 0,
    out: "There is no Service in nothing.yaml.\n",
  })
})

describe("a dump of a running cluster", () => {
  const given = (...items: readonly unknown[]) =>
    runIn(folder, ["doctor", "-f", "-", "web", "default/kubernetes"], { stdin: listOf(...items) })
  const apiSlice = {
    ...shopDnsSlice,
    metadata: { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
    ports: [{ name: "https", port: 6443, protocol: "TCP" }],
    endpoints: [{ addresses: ["192.168.7.1"], conditions: { ready: true } }],
  }

  test("that is sound has no finding", async () => {
    const { exitCode, out } = await given(...shopNodes, ...shopPods, shopDns, ...shopServices, ...shopSlices, apiSlice)
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: "Looked at 2 Services: nothing found.\n" })
  })

  test("without any EndpointSlice is not held against Services without a selector", async () => {
    const { out } = await given(...shopNodes, ...shopPods, shopDns, ...shopServices)
    expect(out).toBe("Looked at 2 Services: nothing found.\n")
  })

  test("is told of a pod that is gone, with the slice that still lists it", async () => {
    const { exitCode, out } = await given(
      ...shopNodes,
      ...shopPods.slice(1),
      shopDns,
      ...shopServices,
      ...shopSlices,
      apiSlice,
    )
    expect(exitCode).toBe(1)
    expect(out).toContain("1 endpoint of 2 leads nowhere: 10.50.0.4 (pod web-5d8-a is gone).")
    expect(out).toContain("EndpointSlice shop/web-x  endpoints")
  })
})

describe("exit codes", () => {
  test("--fail-on warning makes a warning a failure", async () => {
    expect((await doctor("-f", "warned.yaml")).exitCode).toBe(0)
    const { exitCode, out } = await doctor("-f", "warned.yaml", "--fail-on", "warning")
    expect(out).toContain("policy-local-no-endpoint")
    expect(exitCode).toBe(1)
  })

  test("2 for a Service or namespace that is not there, a file that cannot be read, and wrong usage", async () => {
    expect(await doctor("-f", "bad.yaml", "wbe")).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringContaining("there is no Service wbe\n    Services there: shop/fine, shop/local, shop/web."),
    })
    expect((await doctor("-f", "bad.yaml", "-n", "stage")).exitCode).toBe(2)
    expect(await doctor("-f", "broken.yaml")).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("broken.yaml:4"),
    })
    expect((await doctor("-f", "none.yaml")).exitCode).toBe(2)
    expect((await doctor("-f", "bad.yaml", "--fail-on", "everything")).exitCode).toBe(2)
    expect((await doctor("-f", "bad.yaml", "-A", "-n", "shop")).exitCode).toBe(2)
  })
})
