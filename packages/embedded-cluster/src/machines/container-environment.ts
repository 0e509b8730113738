import type { Container, EnvVar, Pod } from "@pilotage/kube-model"
import { bytesOfBase64 } from "../api/base64.ts"
import { child, isJson, type Json } from "../api/json-object.ts"
import { parseQuantity } from "../api/workloads/quantity.ts"
import { expandReferences } from "../images/references.ts"
import { findImage } from "../images/registry.ts"
import type { StoreView } from "../store-types.ts"
import { serviceEnvironment } from "./service-environment.ts"

type Environment = Readonly<Record<string, string>>

/** Where a container runs and since when: what its environment tells besides what the pod's spec says. */
interface ContainerPlace {
  readonly view: StoreView
  /** When Services were made, by uid. */
  readonly births: ReadonlyMap<string, number>
  readonly pod: Pod
  readonly podIP: string
  readonly hostIP: string
  readonly startedAt: number
}

const texts = (data: Json): Environment =>
  Object.fromEntries(Object.entries(data).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])))

/** Bytes that are no UTF-8 stay as they are, one character each. */
const secretText = (base64: string): string => {
  const bytes = bytesOfBase64(base64)
  try {
    return decodeURIComponent(
      bytes.replace(/[\s\S]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`),
    )
  } catch {
    return bytes
  }
}

/** What a ConfigMap or a Secret says, as text; nothing when it is not there. */
const sourceData = ({ view, pod }: ContainerPlace, kind: "ConfigMap" | "Secret", name: unknown): Environment => {
  const { namespace = "" } = pod.metadata
  if (kind === "ConfigMap") return view.get("configmaps", namespace, String(name))?.data ?? {}
  const secret = view.get("secrets", namespace, String(name))
  return secret
    ? Object.fromEntries(Object.entries(texts(child(secret, "data"))).map(([key, value]) => [key, secretText(value)]))
    : {}
}

/** `a="1"\nb="2"`, in the order of keys. */
const mapText = (map: Environment = {}): string =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .sort()
    .join("\n")

/** A field of the pod by its path (kubernetes `pkg/fieldpath`, `pkg/kubelet` podFieldSelectorRuntimeValue). */
const fieldText = ({ pod, podIP, hostIP }: ContainerPlace, path: string): string | undefined => {
  const { name, namespace = "", uid = "", labels, annotations } = pod.metadata
  const [, map, key = ""] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (map !== undefined) return (map === "labels" ? labels : annotations)?.[key] ?? ""
  const fields: Readonly<Record<string, string>> = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": uid,
    "metadata.labels": mapText(labels),
    "metadata.annotations": mapText(annotations),
    "spec.nodeName": pod.spec.nodeName ?? "",
    "spec.serviceAccountName": String(pod.spec.serviceAccountName ?? "default"),
    "status.hostIP": hostIP,
    "status.hostIPs": hostIP,
    "status.podIP": podIP,
    "status.podIPs": podIP,
  }
  return fields[path]
}

/** A container's own limit or request in whole divisors, rounded up; without a limit what the node has. */
const resourceText = ({ view, pod }: ContainerPlace, container: Container, reference: Json): string => {
  const name = String(reference.containerName ?? "")
  const named = name === "" ? container : (pod.spec.containers.find((each) => each.name === name) ?? container)
  const [list = "", resource = ""] = String(reference.resource).split(/\.(.*)/s)
  const resources = isJson(named.resources) ? named.resources : {}
  const own = child(resources, list)[resource]
  const node = view.get("nodes", "", pod.spec.nodeName ?? "")?.status?.allocatable?.[resource]
  const amount = own ?? (list === "limits" ? node : undefined) ?? "0"
  const divisor = parseQuantity(String(reference.divisor ?? "1")) ?? 0
  return String(Math.ceil((parseQuantity(String(amount)) ?? 0) / (divisor === 0 ? 1 : divisor)))
}

const referredText = (place: ContainerPlace, container: Container, from: Json): string | undefined => {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = from
  if (isJson(configMapKeyRef)) return sourceData(place, "ConfigMap", configMapKeyRef.name)[String(configMapKeyRef.key)]
  if (isJson(secretKeyRef)) return sourceData(place, "Secret", secretKeyRef.name)[String(secretKeyRef.key)]
  if (isJson(fieldRef)) return fieldText(place, String(fieldRef.fieldPath))
  return isJson(resourceFieldRef) ? resourceText(place, container, resourceFieldRef) : undefined
}

const fromSources = (place: ContainerPlace, container: Container): Environment =>
  Object.assign(
    {},
    ...((container.envFrom ?? []) as readonly Json[]).map((source) => {
      const kind = isJson(source.secretRef) ? "Secret" : "ConfigMap"
      const data = sourceData(place, kind, child(source, kind === "Secret" ? "secretRef" : "configMapRef").name)
      return Object.fromEntries(Object.entries(data).map(([key, value]) => [`${source.prefix ?? ""}${key}`, value]))
    }),
  )

/**
 * The variables that a container is started with: of Services, over these of whole ConfigMaps and Secrets, over these
 * those of `env` in order, each of which may name the ones before it (kubernetes `pkg/kubelet` makeEnvironmentVariables).
 * What refers to something that is not there is left out.
 */
const containerEnvironment = (place: ContainerPlace, container: Container): Environment => {
  const services = serviceEnvironment(place.view, place.births, place.pod, place.startedAt)
  const own: Record<string, string> = { ...fromSources(place, container) }
  for (const { name, value, valueFrom } of (container.env ?? []) as readonly EnvVar[]) {
    const text = isJson(valueFrom)
      ? referredText(place, container, valueFrom)
      : expandReferences(value ?? "", { ...services, ...own })
    if (text !== undefined) own[name] = text
  }
  return { ...services, ...own }
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

export const hostnameOf = ({ metadata, spec }: Pod): string =>
  spec.hostNetwork ? (spec.nodeName ?? "") : (spec.hostname ?? metadata.name)

/** All that a container's process finds in its environment: what the runtime and the image set, and the container's own. */
export const processEnvironment = (place: ContainerPlace, container: Container): Environment => {
  const image = findImage(container.image)
  return {
    PATH,
    HOSTNAME: hostnameOf(place.pod),
    ...image?.env,
    ...containerEnvironment(place, container),
    HOME: image?.user === "root" ? "/root" : "/",
  }
}
