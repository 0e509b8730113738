import type { EndpointSlice, KubeObject, Node, Pod, Service } from "@pilotage/kube-model"
import { parseLabelQuery } from "@pilotage/kube-model"
import { compile, type ListeningSocket, type Origin, resolve, stateFromObjects, trace } from "@pilotage/routing-core"
import type { ClusterPort, CurlObservation, LearnerCurl, ObjectKey } from "./cluster-port.ts"
import { parseTarget } from "./url-template.ts"

/** A cluster that is nothing but a list of objects. Requests travel by routing-core; nothing ever changes. For tests. */
export interface Paper {
  readonly objects: readonly KubeObject[]
  readonly atStart?: readonly KubeObject[]
  /** What pods listen on, by `namespace/name`. */
  readonly sockets?: ReadonlyMap<string, readonly ListeningSocket[]>
  readonly logs?: string
  readonly learnerCurls?: readonly LearnerCurl[]
}

const of = <T extends KubeObject>(objects: readonly KubeObject[], kind: T["kind"]): readonly T[] =>
  objects.filter((object): object is T => object.kind === kind)

const find = (objects: readonly KubeObject[], key: ObjectKey): KubeObject | undefined =>
  objects.find(
    ({ kind, metadata }) =>
      kind === key.kind &&
      metadata.name === key.name &&
      (metadata.namespace === undefined || metadata.namespace === key.namespace),
  )

export const paperPort = ({
  objects,
  atStart = objects,
  sockets,
  logs = "",
  learnerCurls = [],
}: Paper): ClusterPort => {
  const compiled = compile(
    stateFromObjects({
      nodes: of<Node>(objects, "Node"),
      pods: of<Pod>(objects, "Pod"),
      services: of<Service>(objects, "Service"),
      endpointSlices: of<EndpointSlice>(objects, "EndpointSlice"),
      ...(sockets ? { sockets } : {}),
    }),
  )
  if (!compiled.ok) throw new Error(`${compiled.error.path} ${compiled.error.message}`)
  const table = compiled.value
  const travel = (from: Origin, to: string, port: number, connection: number, connections: number) =>
    trace(table, { from, to, port, protocol: "TCP", picks: [connection / connections, connection / connections] })
  return {
    backend: "embedded",
    get: async (key) => find(objects, key),
    getAtStart: async (key) => find(atStart, key),
    list: async (_, kind, namespace, labels = "") => {
      const query = parseLabelQuery(labels)
      if (!query.ok) throw new Error(query.error)
      return objects.filter(
        ({ kind: own, metadata }) =>
          own === kind &&
          (metadata.namespace === undefined || metadata.namespace === namespace) &&
          query.value(metadata.labels),
      )
    },
    curl: async ({ from, url, connections }) =>
      Array.from({ length: connections }, (_, index): CurlObservation => {
        const target = parseTarget(url)
        if (!target) return { exitCode: 3, message: "URL using bad/illegal format or missing URL" }
        const { curl, chosen } = travel(from, target.host, target.port, index, connections)
        if (curl.exitCode !== 0)
          return { exitCode: curl.exitCode, ...(curl.message === undefined ? {} : { message: curl.message }) }
        return {
          exitCode: 0,
          status: 200,
          body: chosen?.pod ?? "",
          ...(chosen?.pod ? { backend: `${chosen.namespace}/${chosen.pod}`, sourceSeen: chosen.sourceSeen } : {}),
        }
      }),
    resolve: async (from, name, type) => {
      const { rcode, records } = resolve(table, from, name, type, { search: true })
      return { rcode, answers: records.filter((record) => record.type === type).map((record) => record.data) }
    },
    logs: async () => logs,
    learnerCurls: async () => learnerCurls,
    explain: async (from, to, port) => travel(from, to, port, 0, 1),
    settle: async () => {},
  }
}
