import { parseLabelQuery } from "@pilotage/kube-model"
import type { Origin } from "@pilotage/routing-core"
import { type Grading, runningPods } from "./grading.ts"
import type { OriginSpec } from "./schema/origin-schema.ts"

/** The learner's own machine in the address plan. */
const OUTSIDE_CLIENT = "203.0.113.7"

export const sayOrigin = (origin: Origin): string => {
  switch (origin.kind) {
    case "pod":
      return `pod ${origin.namespace}/${origin.name}`
    case "node":
      return origin.name
    case "outside":
      return origin.ip === OUTSIDE_CLIENT ? "your machine outside the cluster" : `${origin.ip} outside the cluster`
    case "node-network":
      return `${origin.ip} on the node network`
  }
}

export const sayOriginSpec = (spec: OriginSpec, namespace: string): string => {
  if ("node" in spec) return spec.node
  if ("outside" in spec)
    return spec.outside === "client" ? "your machine outside the cluster" : `${spec.outside} outside the cluster`
  if ("nodeNetwork" in spec) return `${spec.nodeNetwork} on the node network`
  const where = spec.pod.namespace ?? namespace
  return spec.pod.name === undefined
    ? `the pods with ${spec.pod.labels ?? ""} in namespace ${where}`
    : `pod ${where}/${spec.pod.name}`
}

/** All senders that a spec stands for now; none when no pod matches. */
export const originsOf = async (spec: OriginSpec, grading: Grading): Promise<readonly Origin[]> => {
  if ("node" in spec) return [{ kind: "node", name: spec.node }]
  if ("outside" in spec) return [{ kind: "outside", ip: spec.outside === "client" ? OUTSIDE_CLIENT : spec.outside }]
  if ("nodeNetwork" in spec) return [{ kind: "node-network", ip: spec.nodeNetwork }]
  const { name, labels = "", namespace = grading.lab.namespace } = spec.pod
  if (name !== undefined) return [{ kind: "pod", namespace, name }]
  const pods = await runningPods(grading, { namespace, labels })
  return pods.map((pod) => ({ kind: "pod", namespace, name: pod.metadata.name }))
}

/** Did the request start where the spec says? A pod that is gone is known by its labels at the start of the lab. */
export const startsAt = async (origin: Origin, spec: OriginSpec, { port, lab }: Grading): Promise<boolean> => {
  if ("node" in spec) return origin.kind === "node" && origin.name === spec.node
  if ("outside" in spec)
    return origin.kind === "outside" && origin.ip === (spec.outside === "client" ? OUTSIDE_CLIENT : spec.outside)
  if ("nodeNetwork" in spec) return origin.kind === "node-network" && origin.ip === spec.nodeNetwork
  const { name, labels = "", namespace = lab.namespace } = spec.pod
  if (origin.kind !== "pod" || origin.namespace !== namespace) return false
  if (name !== undefined) return origin.name === name
  const key = { apiVersion: "v1", kind: "Pod", namespace, name: origin.name }
  const pod = (await port.get(key)) ?? (await port.getAtStart(key))
  const query = parseLabelQuery(labels)
  return pod !== undefined && query.ok && query.value(pod.metadata.labels)
}
