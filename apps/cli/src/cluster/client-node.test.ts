import { AppsV1Api, CoreV1Api, KubeConfig, Watch } from "@kubernetes/client-node"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type ServedCluster, serveCluster } from "../testing/served-cluster.ts"

describe("@kubernetes/client-node", () => {
  let served: ServedCluster
  const config = new KubeConfig()
  beforeAll(async () => {
    served = await serveCluster()
    config.loadFromFile(served.kubeconfig)
  })
  afterAll(() => served.close())

  test("lists, creates and reads", async () => {
    const core = config.makeApiClient(CoreV1Api)
    expect((await core.listNode()).items.map(({ metadata }) => metadata?.name)).toEqual(["node-1", "node-2", "node-3"])
    const body = { metadata: { name: "web" }, spec: { selector: { app: "web" }, ports: [{ port: 80 }] } }
    const created = await core.createNamespacedService({ namespace: "default", body })
    expect(created.spec?.clusterIP).toMatch(/^10\.96\./)
    expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date)
    await expect(core.createNamespacedService({ namespace: "default", body })).rejects.toMatchObject({ code: 409 })
    expect((await config.makeApiClient(AppsV1Api).listDeploymentForAllNamespaces()).items).toHaveLength(1)
  })

  test("watches from a list's version on, and stops", async () => {
    const core = config.makeApiClient(CoreV1Api)
    const { metadata } = await core.listNamespacedConfigMap({ namespace: "default" })
    const told: string[] = []
    let done = (): void => {}
    const both = new Promise<void>((resolve) => {
      done = resolve
    })
    const watching = await new Watch(config).watch(
      "/api/v1/namespaces/default/configmaps",
      { resourceVersion: metadata?.resourceVersion ?? "" },
      (phase, object: { metadata: { name: string } }) => {
        told.push(`${phase} ${object.metadata.name}`)
        if (told.length === 2) done()
      },
      () => {},
    )
    await core.createNamespacedConfigMap({ namespace: "default", body: { metadata: { name: "news" } } })
    await core.deleteNamespacedConfigMap({ namespace: "default", name: "news" })
    await both
    watching.abort()
    expect(told).toEqual(["ADDED news", "DELETED news"])
    expect(served.errors).toEqual([])
  })
})
