import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { deployment, readFolder, service } from "../testing/read-folder.ts"
import { sourceErrorText } from "./source-error.ts"

describe("bad input is refused with its place and what to do", () => {
  const textOf = async (files: Readonly<Record<string, string>>, filename: readonly string[] = ["."]) =>
    (await readFolder(files, { filename })).errors.map(sourceErrorText).join("")

  test("YAML that is none, in each file", async () => {
    const text = await textOf({
      "a.yaml": "kind: Service\nmetadata: {name: web\n",
      "b.yaml": "a: [1,\nb: 2\n",
      "c.yaml": service("c"),
    })
    expect(text).toMatch(/^a\.yaml:\d:\d+: .*\n {4}Repair the YAML/)
    expect(text).toContain("b.yaml:")
    expect(text).not.toContain("c.yaml")
  })

  test("the document after a good one, counted in the file", async () => {
    expect(await textOf({ "a.yaml": `${service("web")}---\nkind: Service\n  metadata: x\n` })).toMatch(
      /^a\.yaml:9:\d+:/,
    )
  })

  test("JSON that is none, and templates", async () => {
    expect(await textOf({ "a.json": '{\n  "kind": "Service",\n  "x": tru\n}\n' })).toMatch(/^a\.json:3: no JSON: .*tru/)
    expect(await textOf({ "a.json": '{\n  "kind": "Service",\n' })).toMatch(/^a\.json:[23]: no JSON: /)
    expect(await textOf({ "a.yaml": "kind: {{ .Values.kind }}\nx: [\n" })).toContain("helm template")
  })

  test("objects without kind, apiVersion or name, and with fields of another type", async () => {
    expect(await textOf({ "a.yaml": "a: 1\n" })).toContain("a.yaml:1: kind is missing")
    expect(await textOf({ "a.yaml": "- 1\n" })).toContain("a.yaml:1: this is no Kubernetes object")
    expect(await textOf({ "a.yaml": "kind: Pod\n" })).toContain("a.yaml:1: apiVersion of this Pod is missing")
    expect(await textOf({ "a.yaml": "kind: Service\napiVersion: v1\nmetadata: {}\nspec: {}\n" })).toContain(
      "a.yaml:3: Service: metadata.name is missing",
    )
    expect(await textOf({ "a.yaml": service("web").replace("port: 80", 'port: "80"') })).toContain(
      "a.yaml:7: Service web: spec.ports[0].port must be a number",
    )
    expect(
      await textOf({
        "a.yaml": `${service("web")}---\n${deployment("web", "nginx").replace("[{name: main", "[{nom: main")}`,
      }),
    ).toContain("a.yaml:17: Deployment web: spec.template.spec.containers[0].name is missing")
  })

  test("objects that the API server would refuse", async () => {
    const text = await textOf({ "a.yaml": `${service("ok")}---\n${service("web").replace("port: 80", "port: 80000")}` })
    expect(text).toContain("a.yaml:9: Service web would be refused: ")
    expect(text).toContain("must be between 1 and 65535")
  })

  test("files that are not there, folders without manifests, files without objects, options at odds", async () => {
    expect(await textOf({}, ["nope.yaml"])).toContain("nope.yaml: there is no such file or folder")
    expect(await textOf({ "a.txt": "" })).toContain(".: the folder holds no YAML or JSON file")
    expect(await textOf({ "a.yaml": "# nothing\n" })).toContain(".: there is nothing to trace")
    expect(await textOf({ "a.yaml": "kind: Ingress\napiVersion: networking.k8s.io/v1\n" })).toContain("only 1 Ingress")
    const odd = await readFolder({ "a.yaml": service("web") }, { filename: ["."], context: "kind" })
    expect(odd.errors[0]?.message).toContain("-f reads files")
    const cidr = await readFolder({ "a.yaml": service("web") }, { filename: ["."], clusterCidr: "10.1.0.0/16" })
    expect(cidr.errors[0]?.fix).toBe("Leave out --cluster-cidr.")
  })
})

test("a folder is named in errors as the user named it", async () => {
  const { errors } = await readFolder({ "shop/web/a.yaml": "a: 1\n" }, { filename: ["shop"] })
  expect(errors[0]?.file).toBe(join("shop", "web", "a.yaml"))
})
