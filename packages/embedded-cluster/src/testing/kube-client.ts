import {
  type Deployment,
  isStream,
  type JsonValue,
  type KubeEvent,
  type KubeObject,
  type Pod,
  type Service,
  type ServiceSpec,
} from "@pilotage/kube-model"
import type { Cluster, ClusterOptions, HttpExchange } from "../cluster.ts"
import { createCluster } from "../create-cluster.ts"

export const startCluster = (options: Partial<ClusterOptions> = {}): Cluster => {
  const created = createCluster({ seed: 7, topology: { nodes: 3 }, ...options })
  if (!created.ok) throw new Error(`${created.error.path}: ${created.error.message}`)
  return created.value
}

export const bodyOf = (
  cluster: Cluster,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): KubeObject => {
  const type = method === "PATCH" ? "application/merge-patch+json" : "application/json"
  const answer = cluster.request({
    method,
    path,
    headers: { "content-type": type },
    ...(body === undefined ? {} : { body: body as JsonValue }),
  })
  if (isStream(answer)) throw new Error("a stream")
  if (answer.status >= 400) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as KubeObject
}

const items = <T>(cluster: Cluster, path: string): readonly T[] => bodyOf(cluster, "GET", path).items as readonly T[]

const CORE = "/api/v1/namespaces/default"
const APPS = "/apis/apps/v1/namespaces/default"

export const AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.63.0"

export const deploymentOf = (
  name: string,
  replicas: number,
  container: object = {},
  spec: object = {},
): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "default" },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name,
            image: AGNHOST,
            args: ["netexec", "--http-port=8080"],
            ports: [{ name: "http", containerPort: 8080 }],
            ...container,
          },
        ],
      },
    },
    ...spec,
  },
})

export const createDeployment = (
  cluster: Cluster,
  name: string,
  replicas: number,
  container: object = {},
  spec: object = {},
) => bodyOf(cluster, "POST", `${APPS}/deployments`, deploymentOf(name, replicas, container, spec))

export const patchDeployment = (cluster: Cluster, name: string, patch: object) =>
  bodyOf(cluster, "PATCH", `${APPS}/deployments/${name}`, patch)

export const createPod = (cluster: Cluster, name: string, container: object, spec: object = {}, labels: object = {}) =>
  bodyOf(cluster, "POST", `${CORE}/pods`, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels },
    spec: { containers: [{ name, ...container }], ...spec },
  })

export const createService = (cluster: Cluster, name: string, spec: ServiceSpec) =>
  bodyOf(cluster, "POST", `${CORE}/services`, { apiVersion: "v1", kind: "Service", metadata: { name }, spec })

export const getService = (cluster: Cluster, name: string) =>
  bodyOf(cluster, "GET", `${CORE}/services/${name}`) as Service
export const getDeployment = (cluster: Cluster, name: string) =>
  bodyOf(cluster, "GET", `${APPS}/deployments/${name}`) as Deployment
export const getPod = (cluster: Cluster, name: string) => bodyOf(cluster, "GET", `${CORE}/pods/${name}`) as Pod
export const listPods = (cluster: Cluster, app?: string) =>
  items<Pod>(cluster, `${CORE}/pods${app === undefined ? "" : `?labelSelector=app%3D${app}`}`)
export const listEvents = (cluster: Cluster, about: string) =>
  items<KubeEvent>(cluster, `${CORE}/events`).filter((event) => event.involvedObject.name === about)

/** A client pod named `client` that waits to be used. */
export const createClient = (cluster: Cluster) =>
  createPod(cluster, "client", { image: "curlimages/curl:8.11.1", command: ["sleep", "infinity"] })

export const curlFromClient = (cluster: Cluster, url: string): HttpExchange =>
  cluster.http({ kind: "pod", namespace: "default", name: "client" }, { method: "GET", url, maxTimeMs: 3000 })

/** The body of an answer, or curl's line. */
export const said = ({ outcome }: HttpExchange): string =>
  outcome.kind === "response" ? outcome.body : `(${outcome.exitCode}) ${outcome.message}`

/** The STATUS column of kubectl, as far as containers decide it. */
export const statusOf = (pod: Pod): string => {
  const [container] = pod.status?.containerStatuses ?? []
  return container?.state?.waiting?.reason ?? container?.state?.terminated?.reason ?? pod.status?.phase ?? ""
}
