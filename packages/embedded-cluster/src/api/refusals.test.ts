import { expect, test } from "vitest"
import cases from "../golden/refused-objects.json" with { type: "json" }
import { testApi } from "./test-api.ts"

const PATHS: Readonly<Record<string, string>> = {
  Service: "/api/v1/namespaces/demo/services",
  Pod: "/api/v1/namespaces/demo/pods",
  Deployment: "/apis/apps/v1/namespaces/demo/deployments",
  EndpointSlice: "/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices",
}

/** As in the recorded session: the DNS Service has its address, another Service node port 30080. */
const preparedApi = () => {
  const api = testApi()
  const dns = { metadata: { name: "kube-dns" }, spec: { clusterIP: "10.96.0.10", ports: [{ port: 53 }] } }
  const nodePort = { metadata: { name: "np" }, spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } }
  api.send("POST", "/api/v1/namespaces/kube-system/services", dns)
  api.send("POST", "/api/v1/namespaces/demo/services", nodePort)
  return api
}

test.each(cases as unknown as readonly { id: string; object: { kind: string }; message: string }[])(
  "is refused in the server's words: $id",
  ({ object, message }) => {
    const { body } = preparedApi().send("POST", `${PATHS[object.kind]}?fieldValidation=Strict`, object)
    expect(body.message).toBe(message)
  },
)
