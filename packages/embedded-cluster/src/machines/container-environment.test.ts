import { expect, test } from "vitest"
import { bodyOf, startCluster } from "../testing/kube-client.ts"

const CORE = "/api/v1/namespaces/default"

const logOf = (cluster: ReturnType<typeof startCluster>, pod: string): readonly string[] => {
  const answer = cluster.request({ method: "GET", path: `${CORE}/pods/${pod}/log`, headers: {} })
  return String("body" in answer ? answer.body : "").split("\n")
}

const started = () => {
  const cluster = startCluster()
  bodyOf(cluster, "POST", `${CORE}/configmaps`, { metadata: { name: "colours" }, data: { sea: "blue", sun: "red" } })
  bodyOf(cluster, "POST", `${CORE}/secrets`, { metadata: { name: "keys" }, stringData: { word: "öffne dich" } })
  return cluster
}

const reference = (kind: string, name: string, key: string) => ({ valueFrom: { [kind]: { name, key } } })
const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } })

const create = (cluster: ReturnType<typeof startCluster>, name: string, container: object) => {
  const spec = { restartPolicy: "Never", containers: [{ name: "c", image: "busybox", ...container }] }
  bodyOf(cluster, "POST", `${CORE}/pods`, { metadata: { name, labels: { app: "x" } }, spec })
  cluster.advance(5000)
}

test("a process is started with what ConfigMaps, Secrets, its pod and its limits say, and with what was said before", () => {
  const cluster = started()
  create(cluster, "all", {
    command: ["sh", "-c", "env"],
    resources: { limits: { cpu: "1500m", memory: "64Mi" } },
    envFrom: [{ prefix: "p_", configMapRef: { name: "colours" } }, { configMapRef: { name: "none", optional: true } }],
    env: [
      { name: "SEA", ...reference("configMapKeyRef", "colours", "sea") },
      { name: "WORD", ...reference("secretKeyRef", "keys", "word") },
      { name: "ME", ...field("metadata.name") },
      { name: "APP", ...field("metadata.labels['app']") },
      { name: "IP", ...field("status.podIP") },
      { name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
      { name: "MEMORY", valueFrom: { resourceFieldRef: { resource: "limits.memory", divisor: "1Mi" } } },
      { name: "BOTH", value: "$(SEA);$(UNKNOWN);$$(SEA)" },
    ],
  })
  const pod = bodyOf(cluster, "GET", `${CORE}/pods/all`)
  expect(logOf(cluster, "all")).toEqual(
    expect.arrayContaining([
      "p_sea=blue",
      "p_sun=red",
      "SEA=blue",
      "WORD=öffne dich",
      "ME=all",
      "APP=x",
      `IP=${(pod.status as { podIP: string }).podIP}`,
      "CPU=2",
      "MEMORY=64",
      "BOTH=blue;$(UNKNOWN);$(SEA)",
      "KUBERNETES_SERVICE_PORT=443",
      "HOSTNAME=all",
    ]),
  )
})

test("a shell's echo says variables, but not between single quotes; the kubelet's own references come first", () => {
  const cluster = started()
  create(cluster, "says", {
    command: ["sh", "-c", `A=wrong echo "$(SEA) $SEA \${SEA}s" and '$SEA' $NONE`],
    env: [{ name: "SEA", value: "blue" }],
  })
  expect(logOf(cluster, "says")).toEqual(["blue blue blues and $SEA", ""])
})

test("who looks into a container finds the same variables", () => {
  const cluster = started()
  create(cluster, "inside", {
    command: ["sleep", "600"],
    env: [{ name: "SEA", ...reference("configMapKeyRef", "colours", "sea") }],
  })
  const machine = cluster.exec({ namespace: "default", pod: "inside" })
  expect(machine).toMatchObject({ value: { env: { SEA: "blue", HOSTNAME: "inside", HOME: "/root" } } })
})
