import { type Cluster, createCluster, type Input } from "@pilotage/embedded-cluster"
import type { KubeObject } from "@pilotage/kube-model"

export const startCluster = (seed: number, nodes = 3): Cluster => {
  const cluster = createCluster({ seed, topology: { nodes } })
  if (!cluster.ok) throw new Error(`${cluster.error.path}: ${cluster.error.message}`)
  return cluster.value
}

export const deployment = (name: string, replicas: number): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "default" },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: "web", image: "nginx:1.22", ports: [{ containerPort: 80 }] }] },
    },
  },
})

export const service = (name: string): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "default" },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
})

export const post = (cluster: Cluster, path: string, object: KubeObject): void => {
  const answer = cluster.request({ method: "POST", path, body: JSON.stringify(object) })
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}`)
}

export const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments"
export const SERVICES = "/api/v1/namespaces/default/services"

/** Advances until so many pods of the Deployment are ready; the virtual seconds that it took. */
export const untilReady = (cluster: Cluster, name: string, replicas: number): number => {
  for (let seconds = 1; seconds <= 120; seconds += 1) {
    cluster.advance(1_000)
    const { body } = cluster.request({ method: "GET", path: `${DEPLOYMENTS}/${name}` }) as {
      readonly body: { readonly status?: { readonly readyReplicas?: number } }
    }
    if (body.status?.readyReplicas === replicas) return seconds
  }
  throw new Error(`${replicas} pods of ${name} were not ready within 120 s`)
}

/** 200 inputs as a learner makes them: a Deployment, a Service, then curls, scalings and patches. */
export const learnerInputs: readonly Input[] = Array.from({ length: 200 }, (_, index): Input => {
  if (index === 0)
    return { kind: "request", request: { method: "POST", path: DEPLOYMENTS, body: deploymentJson("web", 3) } }
  if (index === 1) return { kind: "request", request: { method: "POST", path: SERVICES, body: serviceJson("web") } }
  if (index % 10 === 0)
    return {
      kind: "request",
      request: {
        method: "PATCH",
        path: `${DEPLOYMENTS}/web`,
        headers: { "content-type": "application/merge-patch+json" },
        body: { spec: { replicas: 2 + (index % 3) } },
      },
    }
  return {
    kind: "http",
    from: { kind: "node", name: "node-1" },
    request: { method: "GET", url: "http://web", maxTimeMs: 1_000 },
  }
})

function deploymentJson(name: string, replicas: number): string {
  return JSON.stringify(deployment(name, replicas))
}

function serviceJson(name: string): string {
  return JSON.stringify(service(name))
}
