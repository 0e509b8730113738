import type { EndpointSlice, Service } from "@pilotage/kube-model"
import type { Frontend } from "../proxy/frontends.ts"
import { keyOf, type ServiceEntry, serviceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "./compiled-table.ts"
import { nodePortKey } from "./keys.ts"
import { countIn } from "./namespace-count.ts"
import { type PersistentMap, updateList } from "./persistent-map.ts"

export const frontendOrder = (a: Frontend, b: Frontend): number =>
  a.serviceKey === b.serviceKey ? a.portIndex - b.portIndex : a.serviceKey < b.serviceKey ? -1 : 1

/** The port of kube-proxy's health check server for a Service, if it has one. */
export const healthCheckPortOf = ({ spec }: Service): number | undefined =>
  spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local" ? spec.healthCheckNodePort : undefined

const sameFrontends = (a: readonly Frontend[], b: readonly Frontend[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((one, index) => {
      const other = b[index]
      return (
        other !== undefined &&
        one.kind === other.kind &&
        one.ip === other.ip &&
        one.port === other.port &&
        one.protocol === other.protocol &&
        one.family === other.family &&
        one.portIndex === other.portIndex
      )
    }))

/** Takes a Service's frontends out and puts its new ones in. */
const replaceFrontends = (
  indexes: Indexes,
  key: string,
  before: readonly Frontend[],
  after: readonly Frontend[],
): Pick<Indexes, "addresses" | "nodePorts"> => {
  let { addresses, nodePorts } = indexes
  if (sameFrontends(before, after)) return { addresses, nodePorts }
  const place = (frontend: Frontend, change: (list: readonly Frontend[]) => readonly Frontend[]): void => {
    if (frontend.kind === "NodePort")
      nodePorts = updateList(nodePorts, nodePortKey(frontend.family, frontend.protocol, frontend.port), change)
    else addresses = updateList(addresses, frontend.ip, change)
  }
  for (const frontend of before) place(frontend, (list) => list.filter((other) => other.serviceKey !== key))
  for (const frontend of after) place(frontend, (list) => [...list, frontend].sort(frontendOrder))
  return { addresses, nodePorts }
}

const moveKey = (
  map: PersistentMap<readonly string[]>,
  before: string | undefined,
  after: string | undefined,
  key: string,
): PersistentMap<readonly string[]> => {
  if (before === after) return map
  const without = before === undefined ? map : updateList(map, before, (keys) => keys.filter((other) => other !== key))
  return after === undefined ? without : updateList(without, after, (keys) => [...keys, key].sort())
}

const portText = (port: number | undefined): string | undefined => (port ? String(port) : undefined)

export const withService = (
  indexes: Indexes,
  namespace: string | undefined,
  name: string,
  value: Service | undefined,
): Indexes => {
  const key = keyOf(namespace, name)
  const old = indexes.services.get(key)
  const entry = value ? serviceEntry(value, indexes.slicesByService.get(key) ?? []) : undefined
  const replaced = replaceFrontends(indexes, key, old?.frontends ?? [], entry?.frontends ?? [])
  return {
    ...indexes,
    ...replaced,
    services: entry ? indexes.services.set(key, entry) : indexes.services.delete(key),
    serviceNames: moveKey(indexes.serviceNames, old && name, entry && name, key),
    healthCheckPorts: moveKey(
      indexes.healthCheckPorts,
      portText(old && healthCheckPortOf(old.service)),
      portText(entry && healthCheckPortOf(entry.service)),
      key,
    ),
    namespaces: countIn(indexes.namespaces, namespace ?? "default", (entry ? 1 : 0) - (old ? 1 : 0)),
  }
}

const SERVICE_NAME_LABEL = "kubernetes.io/service-name"

export const sliceOrder = (a: EndpointSlice, b: EndpointSlice): number => (a.metadata.name < b.metadata.name ? -1 : 1)

/** The Service that a slice belongs to, whether it exists or not. */
export const ownerOf = (slice: EndpointSlice): string | undefined => {
  const name = slice.metadata.labels?.[SERVICE_NAME_LABEL]
  return name ? keyOf(slice.metadata.namespace, name) : undefined
}

/** The Service's entry with the slices that it has now. Its frontends depend on the Service alone. */
const refreshed = (services: Indexes["services"], owner: string, slices: readonly EndpointSlice[]) => {
  const entry: ServiceEntry | undefined = services.get(owner)
  return entry ? services.set(owner, serviceEntry(entry.service, slices, entry.frontends)) : services
}

export const withSlice = (
  indexes: Indexes,
  namespace: string | undefined,
  name: string,
  value: EndpointSlice | undefined,
): Indexes => {
  const key = keyOf(namespace, name)
  const old = indexes.slices.get(key)
  const before = old && ownerOf(old)
  const after = value && ownerOf(value)
  let { slicesByService, services } = indexes
  if (before)
    slicesByService = updateList(slicesByService, before, (list) =>
      list.filter((slice) => slice.metadata.name !== name),
    )
  if (after && value) slicesByService = updateList(slicesByService, after, (list) => [...list, value].sort(sliceOrder))
  for (const owner of new Set([before, after]))
    if (owner !== undefined) services = refreshed(services, owner, slicesByService.get(owner) ?? [])
  return {
    ...indexes,
    slicesByService,
    services,
    slices: value ? indexes.slices.set(key, value) : indexes.slices.delete(key),
  }
}
