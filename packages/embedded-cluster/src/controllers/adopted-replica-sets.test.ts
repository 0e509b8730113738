import { expect, test } from "vitest"
import { bodyOf, startCluster } from "../testing/kube-client.ts"

const APPS = "/apis/apps/v1/namespaces/default"

const spec = (image: string) => ({
  replicas: 2,
  selector: { matchLabels: { app: "web" } },
  template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image }] } },
})

test("a Deployment takes over a ReplicaSet that fits and is nobody's, and rolls it on to its own template", () => {
  const cluster = startCluster()
  bodyOf(cluster, "POST", `${APPS}/replicasets`, {
    metadata: { name: "orphan", labels: { app: "web" } },
    spec: spec("httpd"),
  })
  cluster.advance(5000)
  const web = bodyOf(cluster, "POST", `${APPS}/deployments`, { metadata: { name: "web" }, spec: spec("nginx") })
  cluster.advance(60_000)
  const orphan = bodyOf(cluster, "GET", `${APPS}/replicasets/orphan`)
  expect(orphan.metadata.ownerReferences).toMatchObject([{ kind: "Deployment", uid: web.metadata.uid }])
  expect(orphan.spec).toMatchObject({ replicas: 0 })
  expect(bodyOf(cluster, "GET", `${APPS}/deployments/web`).status).toMatchObject({ replicas: 2, updatedReplicas: 2 })
})
