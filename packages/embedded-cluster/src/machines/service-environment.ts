import type { Pod, Service } from "@pilotage/kube-model"
import type { StoreView } from "../store-types.ts"

const variable = (name: string): string => name.toUpperCase().replaceAll("-", "_")

const variablesOf = (service: Service): readonly (readonly [string, string])[] => {
  const ip = service.spec.clusterIP ?? ""
  const prefix = variable(service.metadata.name)
  const [first] = service.spec.ports ?? []
  if (!first) return []
  const named = (service.spec.ports ?? []).filter((port) => port.name)
  const links = (service.spec.ports ?? []).flatMap((port) => {
    const protocol = (port.protocol ?? "TCP").toLowerCase()
    const base = `${prefix}_PORT_${port.port}_${protocol.toUpperCase()}`
    const url = `${protocol}://${ip}:${port.port}`
    return [
      [base, url],
      [`${base}_PROTO`, protocol],
      [`${base}_PORT`, String(port.port)],
      [`${base}_ADDR`, ip],
    ] as const
  })
  return [
    [`${prefix}_SERVICE_HOST`, ip],
    [`${prefix}_SERVICE_PORT`, String(first.port)],
    ...named.map((port) => [`${prefix}_SERVICE_PORT_${variable(port.name ?? "")}`, String(port.port)] as const),
    [`${prefix}_PORT`, `${(first.protocol ?? "TCP").toLowerCase()}://${ip}:${first.port}`],
    ...links,
  ]
}

/**
 * Variables of the Services that were there when the container started: those of its namespace, and `kubernetes`
 * (kubernetes `pkg/kubelet/envvars`). Headless Services have none.
 */
export const serviceEnvironment = (
  view: StoreView,
  births: ReadonlyMap<string, number>,
  pod: Pod,
  startedAt: number,
): Readonly<Record<string, string>> => {
  const isThere = (service: Service): boolean =>
    (births.get(service.metadata.uid ?? "") ?? 0) < startedAt && !["", "None"].includes(service.spec.clusterIP ?? "")
  const own = pod.spec.enableServiceLinks === false ? [] : view.list("services", pod.metadata.namespace)
  const master = view.get("services", "default", "kubernetes")
  const services = new Map([...(master ? [master] : []), ...own].map((service) => [service.metadata.uid, service]))
  return Object.fromEntries([...services.values()].filter(isThere).flatMap(variablesOf))
}
