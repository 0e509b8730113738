import type { EndpointSlice, Service } from "@pilotage/kube-model"
import type { Frontend } from "../proxy/frontends.ts"
import { type Match, matchesOf, matchOrder } from "../proxy/match.ts"
import { keyOf, type ServiceEntry, serviceEntry } from "../proxy/service-entry.ts"
import type { Indexes } from "./compiled-table.ts"
import { nodePortKey } from "./keys.ts"
import { countIn } from "./namespace-count.ts"
import { type PersistentMap, updateList } from "./persistent-map.ts"

/** The port of kube-proxy's health check server for a Service, if it has one. */
export const healthCheckPortOf = ({ spec }: Service): number | undefined =>
  spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local" ? spec.healthCheckNodePort : undefined

const nodePortOf = ({ family, protocol, port }: Frontend): string => nodePortKey(family, protocol, port)

/** Puts a Service's matches where its old ones were: each address is written once. */
const replaceMatches = (
  indexes: Indexes,
  key: string,
  before: readonly Frontend[],
  after: readonly Match[],
): Pick<Indexes, "addresses" | "nodePorts"> => {
  let { addresses, nodePorts } = indexes
  const change =
    (fresh: readonly Match[]) =>
    (list: readonly Match[]): readonly Match[] => {
      const others = list.filter((match) => match.entry.key !== key)
      return others.length ? [...others, ...fresh].sort(matchOrder) : fresh
    }
  const places = new Map<string, Match[]>()
  const placeOf = (frontend: Frontend): string => (frontend.kind === "NodePort" ? nodePortOf(frontend) : frontend.ip)
  for (const frontend of before) places.set(placeOf(frontend), [])
  for (const match of after) {
    const place = placeOf(match.frontend)
    const list = places.get(place)
    if (list) list.push(match)
    else places.set(place, [match])
  }
  const isNodePort = new Set(
    [...before, ...after.map((match) => match.frontend)].flatMap((each) =>
      each.kind === "NodePort" ? [nodePortOf(each)] : [],
    ),
  )
  for (const [place, fresh] of places)
    if (isNodePort.has(place)) nodePorts = updateList(nodePorts, place, change(fresh))
    else addresses = updateList(addresses, place, change(fresh))
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
  const entry = value ? serviceEntry(value, indexes.slicesByService.get(key) ?? [], indexes) : undefined
  const replaced = replaceMatches(indexes, key, old?.frontends ?? [], entry ? matchesOf(entry) : [])
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
const refreshed = (
  indexes: Pick<Indexes, "services" | "addresses" | "nodePorts">,
  all: Indexes,
  owner: string,
  slices: readonly EndpointSlice[],
): Pick<Indexes, "services" | "addresses" | "nodePorts"> => {
  const old = indexes.services.get(owner)
  if (!old) return indexes
  const entry: ServiceEntry = serviceEntry(old.service, slices, { frontends: old.frontends })
  return {
    services: indexes.services.set(owner, entry),
    ...replaceMatches({ ...all, ...indexes }, owner, old.frontends, matchesOf(entry)),
  }
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
  let { slicesByService } = indexes
  let { services, addresses, nodePorts } = indexes
  if (before)
    slicesByService = updateList(slicesByService, before, (list) =>
      list.filter((slice) => slice.metadata.name !== name),
    )
  if (after && value) slicesByService = updateList(slicesByService, after, (list) => [...list, value].sort(sliceOrder))
  for (const owner of new Set([before, after]))
    if (owner !== undefined)
      ({ services, addresses, nodePorts } = refreshed(
        { services, addresses, nodePorts },
        indexes,
        owner,
        slicesByService.get(owner) ?? [],
      ))
  return {
    ...indexes,
    slicesByService,
    services,
    addresses,
    nodePorts,
    slices: value ? indexes.slices.set(key, value) : indexes.slices.delete(key),
  }
}
