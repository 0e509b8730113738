import { parseDocument } from "yaml"
import type { Inventory } from "./inventory.ts"

/** What the cluster's own settings say of its network, where they can be read: ConfigMaps of kubeadm and command lines. */
export interface ControlPlaneFacts {
  readonly podCIDR?: string
  readonly serviceCIDR?: string
  readonly clusterDomain?: string
  readonly nodePortRange?: string
  /** kube-proxy's configuration, `kubeproxy.config.k8s.io/v1alpha1`. */
  readonly proxy?: Readonly<Record<string, unknown>>
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

export const objectAt = (value: Json | undefined, field: string): Json => {
  const child = value?.[field]
  return isObject(child) ? child : {}
}

export const textAt = (value: Json | undefined, field: string): string | undefined => {
  const child = value?.[field]
  return typeof child === "string" && child !== "" ? child : undefined
}

/** A file in a ConfigMap of kube-system; a file that is no YAML says nothing. */
const configFile = ({ configMaps }: Inventory, name: string, key: string): Json | undefined => {
  const map = configMaps.find(({ metadata }) => metadata.namespace === "kube-system" && metadata.name === name)
  const text = map?.data?.[key]
  if (text === undefined) return undefined
  const document = parseDocument(text)
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS()
  return isObject(value) ? value : undefined
}

/** `--name=value` in the command of a control plane component that runs as a pod. */
const flag = ({ pods }: Inventory, component: string, name: string): string | undefined => {
  for (const { metadata, spec } of pods) {
    if (metadata.namespace !== "kube-system" || metadata.labels?.component !== component) continue
    const words = spec.containers.flatMap((container) => [...(container.command ?? []), ...(container.args ?? [])])
    const found = words.find((word) => word.startsWith(`--${name}=`))
    if (found) return found.slice(name.length + 3)
  }
  return undefined
}

const corednsDomain = ({ configMaps }: Inventory): string | undefined => {
  const corefile = configMaps.find(
    ({ metadata }) => metadata.namespace === "kube-system" && metadata.name === "coredns",
  )?.data?.Corefile
  return corefile === undefined ? undefined : /^\s*kubernetes\s+([a-z0-9.-]+)/m.exec(corefile)?.[1]
}

export const controlPlaneFacts = (inventory: Inventory): ControlPlaneFacts => {
  const networking = objectAt(configFile(inventory, "kubeadm-config", "ClusterConfiguration"), "networking")
  const proxy = configFile(inventory, "kube-proxy", "config.conf")
  const podCIDR =
    textAt(networking, "podSubnet") ??
    textAt(proxy, "clusterCIDR") ??
    flag(inventory, "kube-controller-manager", "cluster-cidr")
  const serviceCIDR =
    textAt(networking, "serviceSubnet") ??
    flag(inventory, "kube-apiserver", "service-cluster-ip-range") ??
    flag(inventory, "kube-controller-manager", "service-cluster-ip-range")
  const clusterDomain = textAt(networking, "dnsDomain") ?? corednsDomain(inventory)
  const nodePortRange = flag(inventory, "kube-apiserver", "service-node-port-range")
  return {
    ...(podCIDR ? { podCIDR } : {}),
    ...(serviceCIDR ? { serviceCIDR } : {}),
    ...(clusterDomain ? { clusterDomain } : {}),
    ...(nodePortRange ? { nodePortRange } : {}),
    ...(proxy ? { proxy } : {}),
  }
}
