import { expect, test } from "vitest"
import { replayCluster } from "../create-cluster.ts"
import { createPod, getPod, startCluster } from "../testing/kube-client.ts"

const stateOf = (container: object) => {
  const cluster = startCluster()
  createPod(cluster, "one", container, { restartPolicy: "Never" })
  cluster.advance(5000)
  return { cluster, phase: () => getPod(cluster, "one").status?.phase }
}

test.each([
  ["a shell that reads from its open stdin", { command: ["sh"], stdin: true }, "Running"],
  ["a tool that somebody wants to watch", { args: ["wget", "-qO-", "web"], stdin: true }, "Running"],
  ["a script of such tools", { command: ["sh", "-c", "wget -qO- web; exit 2"], stdin: true }, "Running"],
  ["a shell without a stdin", { command: ["sh"] }, "Succeeded"],
  ["a program whose end is known", { command: ["true"], stdin: true }, "Succeeded"],
  ["a script whose end is known", { command: ["sh", "-c", "echo a; exit 1"], stdin: true }, "Failed"],
])("%s: the pod is as it should be when nobody attaches", (_, container, phase) =>
  expect(stateOf({ image: "busybox:1.36", ...container }).phase()).toBe(phase),
)

test("a container ends as its attached process ended, and a log replays that", () => {
  const { cluster, phase } = stateOf({ image: "busybox:1.36", command: ["sh"], stdin: true })
  const connection = cluster.connect({ method: "GET", path: "/api/v1/namespaces/default/pods/one/attach?stdin=1" })
  expect(connection).toMatchObject({ ok: true, value: { kind: "attach", command: ["sh"] } })
  cluster.exit({ namespace: "default", pod: "one" }, 3)
  cluster.advance(1000)
  expect(phase()).toBe("Failed")
  expect(getPod(cluster, "one").status?.containerStatuses?.[0]?.state).toMatchObject({ terminated: { exitCode: 3 } })
  const replayed = replayCluster(cluster.options, cluster.log())
  if (!replayed.ok) throw new Error(replayed.error.message)
  expect(replayed.value.snapshot()).toEqual(cluster.snapshot())
})

test("no other container can be ended that way", () => {
  const { cluster, phase } = stateOf({ image: "nginx:1.27" })
  cluster.exit({ namespace: "default", pod: "one" }, 3)
  cluster.exit({ namespace: "default", pod: "none" }, 3)
  cluster.advance(1000)
  expect(phase()).toBe("Running")
})
