import { once } from "node:events"
import { PassThrough } from "node:stream"
import { Attach, CoreV1Api } from "@kubernetes/client-node"
import { expect, test } from "vitest"
import { servedBox } from "../../testing/served-box.ts"

const { served, config } = servedBox()

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
  await served().ask("GET", "/api/v1/namespaces/default/pods/box:8080/proxy/echo?msg=a")
  if (said === "") await once(out, "data")
  expect(said).toMatch(/^I.*GET \/echo\n$/)
  await config.makeApiClient(CoreV1Api).deleteNamespacedPod({ namespace: "default", name: "box" })
  await closed
})
