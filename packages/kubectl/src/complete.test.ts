import { expect, test } from "vitest"
import { complete } from "./complete.ts"
import { createFakeServer, objectOf } from "./testing/fake-server.ts"
import { hostFor } from "./testing/run-kubectl.ts"

const server = createFakeServer([
  objectOf("v1", "Namespace", "demo"),
  objectOf("v1", "Namespace", "shop"),
  objectOf("v1", "Service", "web"),
  objectOf("v1", "Service", "web-headless"),
  objectOf("v1", "Service", "shop-front", { metadata: { namespace: "shop" } }),
  objectOf("v1", "Pod", "one", { spec: { containers: [{ name: "main" }, { name: "side" }] } }),
])

test.each([
  ["ro", ["rollout"]],
  ["rollout st", ["status"]],
  ["create service no", ["nodeport"]],
  ["get ser", ["services"]],
  ["get svc web", ["web", "web-headless"]],
  ["get svc/web-", ["svc/web-headless"]],
  ["get svc -n shop s", ["shop-front"]],
  ["get pods -n s", ["shop"]],
  ["get pods --namespace=s", ["--namespace=shop"]],
  ["get pods --all-n", ["--all-namespaces"]],
  ["logs one -c s", ["side"]],
  ["exec o", ["one"]],
  ["expose deployment web --type=No", ["--type=NodePort"]],
  ["exec one -- l", []],
])("kubectl %s may go on with %j", async (line, candidates) => {
  expect(await complete(line.split(" "), hostFor(server))).toEqual(candidates)
})
