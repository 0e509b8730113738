import { isStream } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import {
  AGNHOST,
  bodyOf,
  createClient,
  createPod,
  createService,
  curlFromClient,
  getPod,
  startCluster,
} from "../testing/kube-client.ts"

const exec = (cluster: ReturnType<typeof startCluster>, pod: string, container?: string) => {
  const found = cluster.exec({ namespace: "default", pod, ...(container === undefined ? {} : { container }) })
  return found.ok ? found.value : (found.error.message ?? "")
}

describe("exec", () => {
  test("finds the container's machine: its name, its resolver, the Services that were there before it", () => {
    const cluster = startCluster()
    createService(cluster, "before", { ports: [{ name: "http", port: 80 }] })
    createPod(cluster, "one", { image: AGNHOST, args: ["netexec"], env: [{ name: "A", value: "b" }] })
    cluster.advance(2000)
    createService(cluster, "after", { ports: [{ port: 80 }] })
    const machine = exec(cluster, "one")
    if (typeof machine === "string") throw new Error(machine)
    expect(machine.hostname).toBe("one")
    expect(machine.env).toMatchObject({ A: "b", KUBERNETES_SERVICE_HOST: "10.96.0.1", BEFORE_SERVICE_PORT_HTTP: "80" })
    expect(Object.keys(machine.env).filter((name) => name.startsWith("AFTER_"))).toEqual([])
    expect(machine.files["/etc/resolv.conf"]).toBe(
      "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n",
    )
    expect(machine.files["/etc/hosts"]).toContain(`${getPod(cluster, "one").status?.podIP}\tone\n`)
    expect(machine.programs).toContain("curl")
  })

  test("is refused in the API server's words", () => {
    const cluster = startCluster()
    createPod(cluster, "crash", { image: AGNHOST, args: ["nosuchsubcommand"] })
    cluster.advance(4000)
    expect(exec(cluster, "nope")).toBe('pods "nope" not found')
    expect(exec(cluster, "crash", "side")).toBe("container side is not valid for pod crash")
    expect(exec(cluster, "crash")).toBe('unable to upgrade connection: container not found ("crash")')
  })
})

describe("a node", () => {
  test("has its own resolver, and is the origin of what is done there", () => {
    const cluster = startCluster()
    const found = cluster.nodeMachine("node-2")
    if (!found.ok) throw new Error(found.error.message)
    expect(found.value).toMatchObject({ origin: { kind: "node", name: "node-2" }, hostname: "node-2", user: "root" })
    expect(found.value.files["/etc/resolv.conf"]).not.toContain("10.96.0.10")
    expect(cluster.nodeMachine("node-9")).toMatchObject({ ok: false, error: { code: 404 } })
    expect(cluster.outsideMachine()).toMatchObject({
      hostname: "harbour",
      origin: { kind: "outside", ip: "203.0.113.7" },
    })
  })
})

describe("logs", () => {
  const read = (cluster: ReturnType<typeof startCluster>, query = "") => {
    const answer = cluster.request({ method: "GET", path: `/api/v1/namespaces/default/pods/one/log${query}` })
    if (isStream(answer)) throw new Error("a stream")
    return answer.status === 200 ? String(answer.body) : (answer.body as { readonly message: string }).message
  }

  test("are waited for until there is a process, and then have times, a tail and a previous life", () => {
    const cluster = startCluster()
    createPod(cluster, "one", { image: "busybox", command: ["sh", "-c", "echo hello; sleep 1; exit 1"] })
    cluster.advance(300)
    expect(read(cluster)).toBe('container "one" in pod "one" is waiting to start: ContainerCreating')
    cluster.advance(2000)
    expect(read(cluster, "?timestamps=true")).toMatch(/^2026-01-05T09:00:01\.\d{9}Z hello\n$/)
    expect(read(cluster, "?previous=true")).toBe('previous terminated container "one" in pod "one" not found')
    cluster.advance(3000)
    expect(read(cluster, "?previous=true&tailLines=1")).toBe("hello\n")
  })

  test("can be followed until the pod goes", () => {
    const cluster = startCluster()
    createClient(cluster)
    createPod(cluster, "one", { image: AGNHOST, args: ["netexec"] })
    cluster.advance(3000)
    const answer = cluster.request({
      method: "GET",
      path: "/api/v1/namespaces/default/pods/one/log?follow=true&tailLines=0",
    })
    if (!isStream(answer)) throw new Error("no stream")
    const got: string[] = []
    answer.subscribe(
      (chunk) => got.push(String(chunk)),
      () => got.push("end"),
    )
    curlFromClient(cluster, `${getPod(cluster, "one").status?.podIP}:8080/echo?msg=a`)
    expect(got.join("")).toMatch(/GET \/echo\n$/)
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/pods/one")
    cluster.advance(3000)
    expect(got.at(-1)).toBe("end")
  })
})
