import { expect, test } from "vitest"
import type { Cluster } from "../cluster.ts"
import { restoreCluster } from "../create-cluster.ts"
import {
  AGNHOST,
  bodyOf,
  createClient,
  createPod,
  createService,
  curlFromClient,
  said,
  startCluster,
} from "../testing/kube-client.ts"

const POLICIES = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies"
const DENY = { metadata: { name: "deny" }, spec: { podSelector: { matchLabels: { app: "web" } } } }

const started = (): Cluster => {
  const cluster = startCluster()
  createClient(cluster)
  createPod(cluster, "web", { image: AGNHOST, args: ["netexec"] }, {}, { app: "web" })
  createService(cluster, "web", { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] })
  cluster.advance(3000)
  return cluster
}
const exitOf = (cluster: Cluster): unknown => curlFromClient(cluster, "web/hostname").outcome

test("a policy that allows nobody makes a curl wait in vain, until it is gone", () => {
  const cluster = started()
  expect(said(curlFromClient(cluster, "web/hostname"))).toBe("web")
  bodyOf(cluster, "POST", POLICIES, DENY)
  expect(exitOf(cluster)).toMatchObject({ exitCode: 28 })
  bodyOf(cluster, "DELETE", `${POLICIES}/deny`)
  expect(said(curlFromClient(cluster, "web/hostname"))).toBe("web")
})

test("a policy that is changed to allow the client lets it in", () => {
  const cluster = started()
  bodyOf(cluster, "POST", POLICIES, DENY)
  const spec = { ...DENY.spec, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }] }
  bodyOf(cluster, "PATCH", `${POLICIES}/deny`, { spec })
  expect(said(curlFromClient(cluster, "web/hostname"))).toBe("web")
  bodyOf(cluster, "PATCH", `${POLICIES}/deny`, { spec: { ingress: [{ ports: [{ port: 9 }] }] } })
  expect(exitOf(cluster)).toMatchObject({ exitCode: 28 })
})

test("policies act in a restored cluster and in a fork too", () => {
  const cluster = started()
  bodyOf(cluster, "POST", POLICIES, DENY)
  const restored = restoreCluster(cluster.options, cluster.snapshot())
  expect(restored.ok && exitOf(restored.value)).toMatchObject({ exitCode: 28 })
  expect(exitOf(cluster.fork())).toMatchObject({ exitCode: 28 })
})
