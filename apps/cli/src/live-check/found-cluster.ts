import { z } from "zod"

/** What the check needs to know of the objects as the cluster completed them. */
export interface FoundCluster {
  readonly namespace: string
  /** By name. */
  readonly nodes: ReadonlyMap<string, { readonly ip: string }>
  readonly pods: ReadonlyMap<string, { readonly ip: string; readonly node: string; readonly hostname: string }>
  readonly services: ReadonlyMap<string, FoundService>
}

interface FoundService {
  readonly clusterIP?: string
  readonly nodePort?: number
  readonly healthCheckNodePort?: number
  readonly loadBalancerIP?: string
}

const named = z.object({ name: z.string() })

const nodeSchema = z.object({
  metadata: named,
  spec: z.object({ unschedulable: z.boolean().optional() }).default({}),
  status: z.object({
    addresses: z.array(z.object({ type: z.string(), address: z.string() })),
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
  }),
})

const podSchema = z.object({
  metadata: named,
  spec: z.object({ nodeName: z.string(), hostNetwork: z.boolean().optional() }),
  status: z.object({ podIP: z.string() }),
})

const serviceSchema = z.object({
  metadata: named,
  spec: z.object({
    clusterIP: z.string().optional(),
    healthCheckNodePort: z.number().optional(),
    ports: z.array(z.object({ nodePort: z.number().optional() })).default([]),
  }),
  status: z.object({
    loadBalancer: z
      .object({ ingress: z.array(z.object({ ip: z.string().optional() })).default([]) })
      .default({ ingress: [] }),
  }),
})

const listOf = <Schema extends z.ZodType>(schema: Schema) => z.object({ items: z.array(schema) })

/** Names of the nodes that are ready, those of the control plane last: `kubectl get nodes -o json`. */
export const readyNodes = (json: string): readonly string[] => {
  const isControlPlane = (name: string): boolean => /control-plane|master/.test(name)
  return listOf(nodeSchema)
    .parse(JSON.parse(json))
    .items.filter(({ status }) => status.conditions.some(({ type, status }) => type === "Ready" && status === "True"))
    .map(({ metadata }) => metadata.name)
    .sort((one, other) => Number(isControlPlane(one)) - Number(isControlPlane(other)) || (one < other ? -1 : 1))
}

/** Reads `kubectl get -o json` of nodes, and of the pods and Services of the namespace. */
export const foundCluster = (
  namespace: string,
  texts: { readonly nodes: string; readonly pods: string; readonly services: string },
): FoundCluster => {
  const nodes = listOf(nodeSchema).parse(JSON.parse(texts.nodes)).items
  const pods = listOf(podSchema).parse(JSON.parse(texts.pods)).items
  const services = listOf(serviceSchema).parse(JSON.parse(texts.services)).items
  return {
    namespace,
    nodes: new Map(
      nodes.map(({ metadata, status }) => [
        metadata.name,
        { ip: status.addresses.find(({ type }) => type === "InternalIP")?.address ?? "" },
      ]),
    ),
    pods: new Map(
      pods.map(({ metadata, spec, status }) => [
        metadata.name,
        // A pod in the network of its node has the node's name as its own too.
        { ip: status.podIP, node: spec.nodeName, hostname: spec.hostNetwork ? spec.nodeName : metadata.name },
      ]),
    ),
    services: new Map(
      services.map(({ metadata, spec, status }) => {
        const nodePort = spec.ports.find((port) => port.nodePort !== undefined)?.nodePort
        const loadBalancerIP = status.loadBalancer.ingress.find(({ ip }) => ip !== undefined)?.ip
        return [
          metadata.name,
          {
            ...(spec.clusterIP && spec.clusterIP !== "None" ? { clusterIP: spec.clusterIP } : {}),
            ...(nodePort === undefined ? {} : { nodePort }),
            ...(spec.healthCheckNodePort ? { healthCheckNodePort: spec.healthCheckNodePort } : {}),
            ...(loadBalancerIP === undefined ? {} : { loadBalancerIP }),
          },
        ]
      }),
    ),
  }
}
