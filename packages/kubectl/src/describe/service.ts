import { pathOf, requireType } from "../api/discovery.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { type Description, labelLine, orNone, orUnset, writeHead } from "./writer.ts"

const SHOWN = 3

const joinHostPort = (host: string, port: unknown): string =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`

/** Ready endpoints in slice order, three at most; ` + N more...` counts as kubectl counts. */
const endpointsText = (slices: readonly JsonRecord[], portName: string): string => {
  if (slices.length === 0) return "<none>"
  const shown: string[] = []
  let more = false
  let ready = 0
  for (const slice of slices)
    for (const port of records(slice.ports)) {
      if (text(port.name) !== portName) continue
      for (const endpoint of records(slice.endpoints)) {
        if (shown.length === SHOWN) more = true
        if (at(endpoint, "conditions", "ready") === false) continue
        ready += 1
        if (!more) shown.push(joinHostPort(text(at(endpoint, "addresses", 0)), port.port ?? 0))
      }
    }
  return `${shown.join(",")}${more ? ` + ${ready - SHOWN} more...` : ""}`
}

const ingressText = (ingress: readonly JsonRecord[]): string =>
  ingress
    .map((each) => {
      const mode = text(each.ipMode)
      return text(each.ip) === "" ? text(each.hostname) : `${text(each.ip)}${mode === "" ? "" : ` (${mode})`}`
    })
    .join(", ")

const list = (value: unknown): string => (Array.isArray(value) ? value.join(",") : "")

const writePorts = (to: Description, service: JsonRecord, slices: readonly JsonRecord[]): void => {
  for (const port of records(at(service, "spec", "ports"))) {
    const name = text(port.name)
    const protocol = text(port.protocol) || "TCP"
    to.line(0, `Port:\t${orUnset(name)}\t${port.port}/${protocol}`)
    to.line(0, `TargetPort:\t${port.targetPort ?? 0}/${protocol}`)
    if (text(port.appProtocol) !== "") to.line(0, `AppProtocol:\t${text(port.appProtocol)}`)
    if (typeof port.nodePort === "number" && port.nodePort !== 0)
      to.line(0, `NodePort:\t${orUnset(name)}\t${port.nodePort}/${protocol}`)
    to.line(0, `Endpoints:\t${endpointsText(slices, name)}`)
  }
}

const writeOptional = (to: Description, title: string, value: string): void => {
  if (value !== "") to.line(0, `${title}:\t${value}`)
}

/** kubectl 1.36 `describeService`. */
export const describeService = async (session: Session, to: Description, live: LiveObject): Promise<void> => {
  const { object } = live
  const spec = isRecord(object.spec) ? object.spec : {}
  const slicesType = requireType(await session.discovery(), "endpointslices")
  const answer = await session.api.send("GET", pathOf(slicesType, live.namespace), {
    query: { labelSelector: `kubernetes.io/service-name=${live.name}` },
  })
  const slices = records(at(answer, "items"))
  writeHead(to, object)
  to.line(0, `Selector:\t${labelLine(spec.selector)}`)
  to.line(0, `Type:\t${text(spec.type)}`)
  writeOptional(to, "IP Family Policy", text(spec.ipFamilyPolicy))
  to.line(0, `IP Families:\t${orNone(list(spec.ipFamilies))}`)
  to.line(0, `IP:\t${text(spec.clusterIP)}`)
  to.line(0, `IPs:\t${orNone(list(spec.clusterIPs))}`)
  writeOptional(to, "External IPs", list(spec.externalIPs))
  writeOptional(to, "Desired LoadBalancer IP", text(spec.loadBalancerIP))
  writeOptional(to, "External Name", text(spec.externalName))
  writeOptional(to, "LoadBalancer Ingress", ingressText(records(at(object, "status", "loadBalancer", "ingress"))))
  writePorts(to, object, slices)
  to.line(0, `Session Affinity:\t${text(spec.sessionAffinity)}`)
  writeOptional(to, "External Traffic Policy", text(spec.externalTrafficPolicy))
  writeOptional(to, "Internal Traffic Policy", text(spec.internalTrafficPolicy))
  if (typeof spec.healthCheckNodePort === "number" && spec.healthCheckNodePort !== 0)
    to.line(0, `HealthCheck NodePort:\t${spec.healthCheckNodePort}`)
  writeOptional(to, "LoadBalancer Source Ranges", list(spec.loadBalancerSourceRanges))
  writeOptional(to, "Traffic Distribution", text(spec.trafficDistribution))
}
