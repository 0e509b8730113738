import { err, ok, type Result } from "@pilotage/kube-model"
import { fieldAt, parseFieldPath } from "./field-path.ts"
import type { Grading } from "./grading.ts"
import { type Placeholder, parseUrlTemplate } from "./url-template.ts"

export interface Unfilled {
  readonly reason: "object-missing" | "address-missing"
  readonly message: string
}

const FIELDS = {
  clusterIP: "spec.clusterIP",
  nodePort: "spec.ports[0].nodePort",
  loadBalancerIP: "status.loadBalancer.ingress[0].ip",
  nodeIP: "status.addresses[type=InternalIP].address",
} as const

const LACKS = {
  clusterIP: "has no cluster IP",
  nodePort: "has no node port",
  loadBalancerIP: "has no load balancer address: EXTERNAL-IP is <pending>, or its type is not LoadBalancer",
  nodeIP: "has no InternalIP",
} as const

const ENV_VALUE = parseFieldPath("value") ?? []

const fillEnv = async (of: string, { port, lab }: Grading): Promise<Result<string, Unfilled>> => {
  const parts = of.split("/")
  const [variable = "", name = "", namespace = lab.namespace] = parts.toReversed()
  const deployment = await port.get({ apiVersion: "apps/v1", kind: "Deployment", namespace, name })
  const label = `Deployment ${namespace}/${name}`
  if (!deployment) return err({ reason: "object-missing", message: `${label} does not exist.` })
  const containers = fieldAt(deployment, parseFieldPath("spec.template.spec.containers") ?? [])
  for (const container of Array.isArray(containers) ? containers : []) {
    const found = fieldAt(container, [
      { kind: "key", key: "env" },
      { kind: "item", key: "name", value: variable },
    ])
    const value = fieldAt(found, ENV_VALUE)
    if (typeof value === "string") return ok(value)
  }
  return err({ reason: "address-missing", message: `No container of ${label} has a variable ${variable}.` })
}

const fill = async (placeholder: Placeholder, grading: Grading): Promise<Result<string, Unfilled>> => {
  if (placeholder.kind === "env") return fillEnv(placeholder.of, grading)
  const { port, lab } = grading
  const onNode = placeholder.kind === "nodeIP"
  const [first = "", second] = placeholder.of.split("/")
  const namespace = second === undefined ? lab.namespace : first
  const name = second ?? first
  const object = await port.get(
    onNode ? { apiVersion: "v1", kind: "Node", name } : { apiVersion: "v1", kind: "Service", namespace, name },
  )
  const label = onNode ? `Node ${name}` : `Service ${namespace}/${name}`
  if (!object) return err({ reason: "object-missing", message: `${label} does not exist.` })
  const value = fieldAt(object, parseFieldPath(FIELDS[placeholder.kind]) ?? [])
  return value === undefined || value === "" || value === "None"
    ? err({ reason: "address-missing", message: `${label} ${LACKS[placeholder.kind]}.` })
    : ok(String(value))
}

/** Fills in the cluster's addresses. The template was checked when the lab was read. */
export const expandUrl = async (text: string, grading: Grading): Promise<Result<string, Unfilled>> => {
  const template = parseUrlTemplate(text)
  if (!template.ok) throw new Error(template.error)
  const parts: string[] = []
  for (const part of template.value) {
    const filled = typeof part === "string" ? ok(part) : await fill(part, grading)
    if (!filled.ok) return filled
    parts.push(filled.value)
  }
  return ok(parts.join(""))
}
