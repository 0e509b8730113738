import { once } from "node:events"
import { PassThrough } from "node:stream"
import { Attach, CoreV1Api, KubeConfig } from "@kubernetes/client-node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { aMinuteOld, twoContainers } from "../../testing/running-pods.ts"
import { type ServedCluster, serveCluster } from "../../testing/served-cluster.ts"

let served: ServedCluster
const config = new KubeConfig()

beforeAll(async () => {
  served = await serveCluster(aMinuteOld(twoContainers("box")))
  config.loadFromFile(served.kubeconfig)
})
afterAll(async () => {
  expect(served.errors).toEqual([])
  await served.close()
})

test("attach shows what the main process writes from then on, and ends with it", async () => {
  const [out, err] = [new PassThrough(), new PassThrough()]
  let said = ""
  out.on("data", (bytes: Buffer) => {
    said += bytes.toString()
  })
  const socket = await new Attach(config).attach("default", "box", "main", out, err, null, false)
  const closed = new Promise((resolve) => {
    socket.onclose = resolve
  })
  await served.ask("GET", "/api/v1/namespaces/default/pods/box:8080/proxy/echo?msg=a")
  if (said === "") await once(out, "data")
  expect(said).toMatch(/^I.*GET \/echo\n$/)
  await config.makeApiClient(CoreV1Api).deleteNamespacedPod({ namespace: "default", name: "box" })
  await closed
})
