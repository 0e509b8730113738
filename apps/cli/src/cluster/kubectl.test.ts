import { execFile, spawnSync } from "node:child_process"
import { rmSync } from "node:fs"
import { text } from "node:stream/consumers"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderWith } from "../testing/command-line.ts"
import { type ServedCluster, serveCluster } from "../testing/served-cluster.ts"

const isInstalled = spawnSync("kubectl", ["version", "--client"]).status === 0

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
`

describe.skipIf(!isInstalled)(`the real kubectl${isInstalled ? "" : " (skipped: it is not on the PATH)"}`, () => {
  let served: ServedCluster
  let folder: string
  beforeAll(async () => {
    served = await serveCluster()
    folder = folderWith({ "web.yaml": MANIFEST, "odd.yaml": MANIFEST.replace("port: 80}", "port: 80, prot: TCP}") })
  })
  afterAll(async () => {
    await served.close()
    rmSync(folder, { recursive: true })
  })

  const options = () => ({
    env: { ...process.env, KUBECONFIG: served.kubeconfig, HOME: folder },
    cwd: folder,
    timeout: 20_000,
  })
  /** What it printed, errors too. */
  const kubectl = async (...args: readonly string[]): Promise<string> => {
    const ran = await promisify(execFile)("kubectl", args, options()).catch(
      (failed: { stdout: string; stderr: string }) => failed,
    )
    return ran.stdout + ran.stderr
  }

  test("knows the server's version", async () => expect(await kubectl("version")).toContain("Server Version: v1.36.3"))

  test("prints nodes in the server's columns, and objects as YAML", async () => {
    expect(await kubectl("get", "nodes", "-o", "wide")).toMatch(
      /^NAME +STATUS +ROLES .*\nnode-1 +Ready +control-plane /,
    )
    expect(await kubectl("get", "svc", "kubernetes", "-o", "yaml")).toMatch(/\n {2}clusterIP: 10\.96\.0\.1\n/)
    expect(await kubectl("get", "pods", "nope")).toBe('Error from server (NotFound): pods "nope" not found\n')
  })

  test("creates, applies, scales, labels, patches, follows and deletes", async () => {
    const created = await kubectl("create", "-f", "web.yaml")
    expect(created).toBe("deployment.apps/web created\nservice/web created\n")
    expect(await kubectl("rollout", "status", "deployment", "web")).toContain("successfully rolled out")
    expect(await kubectl("get", "pods", "-o", "wide")).toMatch(/\nweb-\S+ +1\/1 +Running +0 +\d+s +10\.244\./)
    const applied = await kubectl("apply", "-f", "web.yaml")
    expect(applied).toContain("deployment.apps/web configured\n")
    const unchanged = await kubectl("apply", "-f", "web.yaml")
    expect(unchanged).toBe("deployment.apps/web unchanged\nservice/web unchanged\n")
    expect(await kubectl("scale", "deployment", "web", "--replicas=3")).toBe("deployment.apps/web scaled\n")
    expect(await kubectl("label", "svc", "web", "tier=front")).toBe("service/web labeled\n")
    expect(await kubectl("get", "svc", "-l", "tier=front", "-o", "name")).toBe("service/web\n")
    expect(await kubectl("patch", "svc", "web", "-p", '{"spec":{"type":"NodePort"}}')).toBe("service/web patched\n")
    expect(await kubectl("get", "svc", "web", "-o", "jsonpath={.spec.ports[0].nodePort}")).toMatch(/^3\d{4}$/)
    expect(await kubectl("logs", "deployment/web")).toContain("start worker process")
    expect(await kubectl("delete", "-f", "web.yaml")).toMatch(
      /^deployment\.apps "web" deleted.*\nservice "web" deleted/,
    )
    expect(await kubectl("get", "svc", "web")).toContain("NotFound")
  })

  test("creates what it sends as protobuf", async () => {
    expect(await kubectl("create", "namespace", "shop")).toBe("namespace/shop created\n")
    expect(await kubectl("create", "deployment", "api", "--image=nginx:1.27", "-n", "shop")).toBe(
      "deployment.apps/api created\n",
    )
    expect(await kubectl("create", "service", "clusterip", "api", "--tcp=80:8080", "-n", "shop")).toBe(
      "service/api created\n",
    )
    expect(await kubectl("get", "svc", "api", "-n", "shop", "-o", "jsonpath={.spec.ports[0].targetPort}")).toBe("8080")
  })

  test("is told of fields that there are not", async () => {
    expect(await kubectl("apply", "-f", "odd.yaml")).toContain('unknown field "spec.ports[0].prot"')
    expect(await kubectl("explain", "service.spec.clusterIP")).toContain("FIELD: clusterIP <string>")
  })

  test("watches, and waits for what will be", async () => {
    const watch = execFile("kubectl", ["get", "pods", "-w"], options())
    const watched = watch.stdout ? text(watch.stdout) : ""
    expect(await kubectl("run", "shell", "--image=busybox", "--", "sleep", "1000")).toBe("pod/shell created\n")
    const waited = await kubectl("wait", "--for=condition=Ready", "pod/shell", "--timeout=15s")
    expect(waited).toBe("pod/shell condition met\n")
    // It prints what it was told a moment later.
    await new Promise((resolve) => setTimeout(resolve, 200))
    watch.kill("SIGINT")
    expect(await watched).toMatch(/(^|\n)shell +0\/1 +ContainerCreating(.*\n)*shell +1\/1 +Running/)
  })

  test("is told of a taken name and of a Service that is refused in the server's words", async () => {
    expect(await kubectl("expose", "svc", "kubernetes", "--selector=a=b", "--port=0", "--name=x")).toContain(
      "spec.ports[0].port: Invalid value: 0",
    )
    expect(await kubectl("get", "--raw", "/livez")).toBe("ok")
    expect(await kubectl("--token=wrong", "get", "pods")).toContain("You must be logged in to the server")
    expect(served.errors).toEqual([])
  })
})
