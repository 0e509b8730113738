import { expect, test } from "vitest"
import { bodyOf, deploymentOf, startCluster } from "../testing/kube-client.ts"

const CORE = "/api/v1/namespaces"
const RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces"
const namesIn = (cluster: ReturnType<typeof startCluster>, path: string): readonly string[] =>
  (bodyOf(cluster, "GET", path).items as readonly { metadata: { name: string } }[]).map(({ metadata }) => metadata.name)

test("every namespace has an account for its pods and the certificate of the API server, and gets them again", () => {
  const cluster = startCluster()
  bodyOf(cluster, "POST", CORE, { metadata: { name: "shop" } })
  cluster.advance(100)
  expect(namesIn(cluster, `${CORE}/shop/serviceaccounts`)).toEqual(["default"])
  expect(namesIn(cluster, `${CORE}/shop/configmaps`)).toEqual(["kube-root-ca.crt"])
  bodyOf(cluster, "DELETE", `${CORE}/shop/serviceaccounts/default`)
  bodyOf(cluster, "DELETE", `${CORE}/shop/configmaps/kube-root-ca.crt`)
  cluster.advance(100)
  expect(namesIn(cluster, `${CORE}/shop/serviceaccounts`)).toEqual(["default"])
  expect(namesIn(cluster, `${CORE}/shop/configmaps`)).toEqual(["kube-root-ca.crt"])
})

test("a namespace that goes takes objects of every kind along", () => {
  const cluster = startCluster()
  bodyOf(cluster, "POST", CORE, { metadata: { name: "shop" } })
  bodyOf(cluster, "POST", `${CORE}/shop/secrets`, { metadata: { name: "s" } })
  bodyOf(cluster, "POST", `${RBAC}/shop/roles`, { metadata: { name: "r" } })
  bodyOf(cluster, "POST", `${CORE}/shop/limitranges`, { metadata: { name: "l", finalizers: ["example.com/held"] } })
  bodyOf(cluster, "DELETE", `${CORE}/shop`)
  cluster.advance(5000)
  expect(bodyOf(cluster, "GET", `${CORE}/shop`).status).toEqual({ phase: "Terminating" })
  expect(namesIn(cluster, `${CORE}/shop/secrets`)).toEqual([])
  bodyOf(cluster, "PATCH", `${CORE}/shop/limitranges/l`, { metadata: { finalizers: null } })
  cluster.advance(5000)
  expect(namesIn(cluster, CORE)).not.toContain("shop")
  expect(namesIn(cluster, `${RBAC}/shop/roles`)).toEqual([])
})

test("what an object owns goes with it, whatever the kinds; a Job's pods stay unless its deletion says otherwise", () => {
  const cluster = startCluster()
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "busybox" }] } }
  const jobs = "/apis/batch/v1/namespaces/default/jobs"
  const own = (kind: string, { name, uid }: { name: string; uid?: string }, owned: string) =>
    bodyOf(cluster, "POST", `${CORE}/default/secrets`, {
      metadata: { name: owned, ownerReferences: [{ apiVersion: "batch/v1", kind, name, uid }] },
    })
  for (const name of ["kept", "gone"]) {
    const job = bodyOf(cluster, "POST", jobs, { metadata: { name }, spec: { template } })
    own("Job", job.metadata, `of-${name}`)
  }
  bodyOf(cluster, "DELETE", `${jobs}/kept`)
  bodyOf(cluster, "DELETE", `${jobs}/gone?propagationPolicy=Background`)
  cluster.advance(2000)
  expect(namesIn(cluster, jobs)).toEqual([])
  expect(namesIn(cluster, `${CORE}/default/secrets`)).toEqual(["of-kept"])
})

test("pods that name an account or a priority that there is not are refused, one by one and in a ReplicaSet", () => {
  const cluster = startCluster()
  const send = (spec: object): string => {
    const answer = cluster.request({
      method: "POST",
      path: `${CORE}/default/pods`,
      headers: { "content-type": "application/json" },
      body: { metadata: { name: "p" }, spec: { containers: [{ name: "c", image: "x" }], ...spec } },
    })
    return "body" in answer ? String((answer.body as { message?: string }).message) : ""
  }
  expect(send({ serviceAccountName: "robot" })).toBe(
    'pods "p" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
  )
  expect(send({ priorityClassName: "urgent" })).toBe(
    'pods "p" is forbidden: no PriorityClass with name urgent was found',
  )
  const web = deploymentOf("web", 1)
  const template = (web.spec as { template: { spec: object } }).template
  const asked = { ...template, spec: { ...template.spec, priorityClassName: "urgent" } }
  bodyOf(cluster, "POST", "/apis/apps/v1/namespaces/default/deployments", {
    ...web,
    spec: { ...(web.spec as object), template: asked },
  })
  cluster.advance(3000)
  expect(namesIn(cluster, `${CORE}/default/pods`)).toEqual([])
  bodyOf(cluster, "POST", "/apis/scheduling.k8s.io/v1/priorityclasses", { metadata: { name: "urgent" }, value: 7 })
  cluster.advance(60_000)
  const [pod] = bodyOf(cluster, "GET", `${CORE}/default/pods`).items as readonly { spec: { priority: number } }[]
  expect(pod?.spec.priority).toBe(7)
})
