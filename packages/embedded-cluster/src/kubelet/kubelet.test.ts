import { isPodReady, parseTime } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import {
  AGNHOST,
  bodyOf,
  createClient,
  createPod,
  createService,
  curlFromClient,
  getPod,
  listEvents,
  said,
  startCluster,
  statusOf,
} from "../testing/kube-client.ts"

const reasons = (cluster: Parameters<typeof listEvents>[0], pod: string) =>
  listEvents(cluster, pod)
    .map((event) => `${event.type} ${event.reason}`)
    .sort()

describe("a pod", () => {
  test("is ready 1.0 to 1.6 seconds after it was created, with an address of its node", () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const cluster = startCluster({ seed })
      createPod(cluster, "one", { image: "nginx:1.29" })
      cluster.advance(950)
      expect(isPodReady(getPod(cluster, "one"))).toBe(false)
      cluster.advance(700)
      const pod = getPod(cluster, "one")
      expect(isPodReady(pod)).toBe(true)
      const node = cluster.state().nodes.find((each) => each.name === pod.spec.nodeName)
      expect(pod.status?.podIP?.startsWith((node?.podCIDR ?? "").replace("0/24", ""))).toBe(true)
    }
  })

  test("tells in Events how it started", () => {
    const cluster = startCluster()
    createPod(cluster, "one", { image: AGNHOST, args: ["netexec"] })
    cluster.advance(2000)
    expect(reasons(cluster, "one")).toEqual(["Normal Created", "Normal Pulled", "Normal Scheduled", "Normal Started"])
  })

  test("whose process ends on SIGTERM is gone 0.9 to 2 seconds after its deletion", () => {
    const cluster = startCluster()
    createPod(cluster, "one", { image: "nginx" })
    cluster.advance(2000)
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/pods/one")
    cluster.advance(900)
    expect(getPod(cluster, "one").metadata.deletionTimestamp).toBeDefined()
    cluster.advance(1100)
    expect(() => getPod(cluster, "one")).toThrow("404")
  })

  test("that ignores SIGTERM stays for its grace period", () => {
    const cluster = startCluster()
    createPod(cluster, "one", { image: "busybox:1.36", command: ["sleep", "3600"] })
    cluster.advance(2000)
    bodyOf(cluster, "DELETE", "/api/v1/namespaces/default/pods/one")
    cluster.advance(29_000)
    expect(statusOf(getPod(cluster, "one"))).toBe("Running")
    cluster.advance(3000)
    expect(() => getPod(cluster, "one")).toThrow("404")
  })
})

describe("a container that fails", () => {
  test("is restarted ever more slowly, and the status says CrashLoopBackOff in between", () => {
    const cluster = startCluster()
    createPod(cluster, "crash", { image: AGNHOST, args: ["nosuchsubcommand"] })
    cluster.advance(5000)
    const pod = getPod(cluster, "crash")
    expect(statusOf(pod)).toBe("CrashLoopBackOff")
    expect(pod.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 1, reason: "Error" } },
    })
    cluster.advance(10_000)
    expect(getPod(cluster, "crash").status?.containerStatuses?.[0]?.restartCount).toBe(2)
    expect(statusOf(getPod(cluster, "crash"))).toBe("Error")
    cluster.advance(60_000)
    expect(getPod(cluster, "crash").status?.containerStatuses?.[0]?.restartCount).toBe(4)
    const [backOff] = listEvents(cluster, "crash").filter((event) => event.reason === "BackOff")
    expect(backOff?.message).toBe(
      `Back-off restarting failed container crash in pod crash_default(${pod.metadata.uid})`,
    )
  })

  test("does not come back when the pod never restarts", () => {
    const cluster = startCluster()
    createPod(
      cluster,
      "job",
      { image: "busybox", command: ["sh", "-c", "echo done; exit 3"] },
      { restartPolicy: "Never" },
    )
    cluster.advance(10_000)
    expect(getPod(cluster, "job").status?.phase).toBe("Failed")
    expect(getPod(cluster, "job").status?.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(3)
  })

  test("cannot be made from an image that does not exist", () => {
    const cluster = startCluster()
    createPod(cluster, "bad", { image: "ngnix:latest" })
    cluster.advance(1500)
    expect(statusOf(getPod(cluster, "bad"))).toBe("ErrImagePull")
    cluster.advance(2000)
    expect(statusOf(getPod(cluster, "bad"))).toBe("ImagePullBackOff")
    expect(reasons(cluster, "bad")).toEqual([
      "Normal BackOff",
      "Normal Pulling",
      "Normal Scheduled",
      "Warning Failed",
      "Warning Failed",
      "Warning Failed",
    ])
  })
})

describe("a probe", () => {
  const slow = { image: AGNHOST, command: ["sh", "-c", "sleep 20 && exec /agnhost netexec --http-port=8080"] }

  test("keeps a pod out of its Service until the process listens", () => {
    const cluster = startCluster()
    createClient(cluster)
    createPod(
      cluster,
      "slow",
      { ...slow, readinessProbe: { httpGet: { path: "/healthz", port: 8080 }, periodSeconds: 2 } },
      {},
      { app: "slow" },
    )
    createService(cluster, "slow", { selector: { app: "slow" }, ports: [{ port: 80, targetPort: 8080 }] })
    cluster.advance(15_000)
    expect(isPodReady(getPod(cluster, "slow"))).toBe(false)
    expect(said(curlFromClient(cluster, "slow/hostname"))).toContain("(7)")
    const ip = getPod(cluster, "slow").status?.podIP
    const [unhealthy] = listEvents(cluster, "slow").filter((event) => event.reason === "Unhealthy")
    expect(unhealthy?.message).toBe(
      `Readiness probe failed: Get "http://${ip}:8080/healthz": dial tcp ${ip}:8080: connect: connection refused`,
    )
    cluster.advance(10_000)
    expect(said(curlFromClient(cluster, "slow/hostname"))).toBe("slow")
  })

  test("of liveness restarts a process that does not answer in time", () => {
    const cluster = startCluster()
    createPod(cluster, "slow", {
      ...slow,
      livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 3, failureThreshold: 2 },
    })
    cluster.advance(60_000)
    expect(getPod(cluster, "slow").status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(0)
    expect(reasons(cluster, "slow")).toContain("Normal Killing")
  })

  test("of start gives the process the time it needs", () => {
    const cluster = startCluster()
    createPod(cluster, "slow", {
      ...slow,
      startupProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5, failureThreshold: 10 },
      livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 3, failureThreshold: 1 },
    })
    cluster.advance(120_000)
    expect(getPod(cluster, "slow").status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 0,
      ready: true,
      started: true,
    })
  })

  test("that passes asks no more: a quiet cluster has nothing due for minutes", () => {
    const cluster = startCluster()
    createPod(cluster, "one", {
      image: "nginx",
      readinessProbe: { httpGet: { port: 80 } },
      livenessProbe: { httpGet: { port: 80 } },
    })
    cluster.advance(5000)
    expect((cluster.nextDue() ?? Number.POSITIVE_INFINITY) - cluster.now()).toBeGreaterThan(600_000)
  })
})

describe("what a process listens on", () => {
  test("decides: 127.0.0.1 inside the pod is refused from everywhere else", () => {
    const cluster = startCluster()
    createClient(cluster)
    createPod(cluster, "echo", { image: "hashicorp/http-echo:1.0.0", args: ["-text=hello", "-listen=127.0.0.1:8080"] })
    createPod(cluster, "open", { image: "hashicorp/http-echo:1.0.0", args: ["-text=hello"] })
    cluster.advance(3000)
    const echo = getPod(cluster, "echo").status?.podIP
    const open = getPod(cluster, "open").status?.podIP
    expect(curlFromClient(cluster, `${echo}:8080`).outcome).toMatchObject({ exitCode: 7 })
    expect(said(curlFromClient(cluster, `${open}:5678`))).toBe("hello\n")
    expect(curlFromClient(cluster, `https://${open}:5678`).outcome).toMatchObject({ exitCode: 35 })
  })

  test("a process that is told to end answers nothing, and is restarted", () => {
    const cluster = startCluster()
    createClient(cluster)
    createPod(cluster, "one", { image: AGNHOST, args: ["netexec"] })
    cluster.advance(3000)
    const ip = getPod(cluster, "one").status?.podIP
    expect(curlFromClient(cluster, `${ip}:8080/exit?code=3`).outcome).toMatchObject({ exitCode: 52 })
    expect(curlFromClient(cluster, `${ip}:8080/`).outcome).toMatchObject({ exitCode: 7 })
    cluster.advance(3000)
    expect(getPod(cluster, "one").status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1, ready: true })
    expect(curlFromClient(cluster, `${ip}:8080/hostname`).outcome).toMatchObject({ body: "one" })
  })

  test("is written down with its time", () => {
    const cluster = startCluster()
    createClient(cluster)
    createPod(cluster, "one", { image: AGNHOST, args: ["netexec"] })
    cluster.advance(3000)
    const pod = getPod(cluster, "one")
    curlFromClient(cluster, `${pod.status?.podIP}:8080/hostname`)
    const answer = cluster.request({ method: "GET", path: "/api/v1/namespaces/default/pods/one/log" })
    const started = parseTime(pod.status?.containerStatuses?.[0]?.state?.running?.startedAt ?? "")
    expect(started).toBeDefined()
    expect("body" in answer && answer.body).toMatch(
      /^I0105 09:00:01\.\d{6} {7}1 log\.go:244\] Started HTTP server on port 8080\nI0105 .* Started UDP server on port {2}8081\nI0105 09:00:03\.\d{6} {7}1 log\.go:244\] GET \/hostname\n$/,
    )
  })
})
