import type { Pod, PodTemplateSpec } from "@pilotage/kube-model"
import type { Inventory, PodWorkload } from "../inventory.ts"

/** As many pods as the embedded cluster bears. */
const MAX_REPLICAS = 5_000

/** Pods of these workloads are made here: the embedded cluster has no controllers for them. */
const podOf = (workload: PodWorkload, template: PodTemplateSpec, name: string, more: Partial<Pod["spec"]>): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name,
    namespace: workload.metadata.namespace ?? "default",
    labels: { ...template.metadata?.labels },
    ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
  },
  spec: { ...template.spec, ...more },
})

const statefulPods = (workload: PodWorkload): readonly Pod[] =>
  Array.from({ length: Math.min(MAX_REPLICAS, Math.max(0, workload.spec.replicas ?? 1)) }, (_, index) => {
    const name = `${workload.metadata.name}-${index}`
    const { serviceName } = workload.spec as { readonly serviceName?: unknown }
    const more = { hostname: name, ...(typeof serviceName === "string" ? { subdomain: serviceName } : {}) }
    const pod = podOf(workload, workload.spec.template, name, more)
    const labels = { "statefulset.kubernetes.io/pod-name": name, "apps.kubernetes.io/pod-index": String(index) }
    return { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...labels } } }
  })

const daemonPods = (workload: PodWorkload, nodes: readonly string[]): readonly Pod[] =>
  nodes.map((nodeName, index) =>
    podOf(workload, workload.spec.template, `${workload.metadata.name}-${index + 1}`, { nodeName }),
  )

/** The pods that StatefulSets (`web-0`, with their host names) and DaemonSets (one a node) would have. */
export const workloadPods = ({ statefulSets, daemonSets }: Inventory, nodes: readonly string[]): readonly Pod[] => [
  ...statefulSets.flatMap(statefulPods),
  ...daemonSets.flatMap((workload) => daemonPods(workload, nodes)),
]
