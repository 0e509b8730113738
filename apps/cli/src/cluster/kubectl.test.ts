import { execFile, spawnSync } from "node:child_process"
import { rmSync } from "node:fs"
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
    folder = folderWith({ "web.yaml": MANIFEST })
  })
  afterAll(async () => {
    await served.close()
    rmSync(folder, { recursive: true })
  })

  /** What it printed, errors too. */
  const kubectl = async (...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, KUBECONFIG: served.kubeconfig, HOME: folder }
    const options = { env, cwd: folder, timeout: 20_000 }
    const ran = await promisify(execFile)("kubectl", args, options).catch(
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
    const created = await kubectl("create", "-f", "web.yaml", "--validate=false")
    expect(created).toBe("deployment.apps/web created\nservice/web created\n")
    expect(await kubectl("rollout", "status", "deployment", "web")).toContain("successfully rolled out")
    expect(await kubectl("get", "pods", "-o", "wide")).toMatch(/\nweb-\S+ +1\/1 +Running +0 +\d+s +10\.244\./)
    const applied = await kubectl("apply", "-f", "web.yaml", "--validate=false")
    expect(applied).toContain("deployment.apps/web configured\n")
    const unchanged = await kubectl("apply", "-f", "web.yaml", "--validate=false")
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

  test("watches until it is told to stop, and waits for what will be", async () => {
    const watched = kubectl("get", "pods", "-w", "--request-timeout=3s")
    expect(await kubectl("run", "shell", "--image=busybox", "--", "sleep", "1000")).toBe("pod/shell created\n")
    expect(await kubectl("wait", "--for=condition=Ready", "pod/shell", "--timeout=15s")).toBe(
      "pod/shell condition met\n",
    )
    expect(await watched).toMatch(/\nshell +0\/1 +ContainerCreating(.*\n)*shell +1\/1 +Running/)
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
