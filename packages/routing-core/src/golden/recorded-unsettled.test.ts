import type { EndpointSlice, Protocol, Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { defaultNetworkConfig } from "../network-config.ts"
import { trace } from "../path/trace.ts"
import type { ClusterState, NetworkConfig, NodeFacts, PodFacts } from "../state.ts"
import { compile } from "../table/compile.ts"
import type { RoutingTable } from "../table/table.ts"
import type { Backend, Origin } from "../trace-types.ts"
import iptables from "./unsettled-iptables.json" with { type: "json" }
import nftables from "./unsettled-nftables.json" with { type: "json" }

/** What was not as the manifest says: objects that were different, and keys of those that were gone. */
interface Situation {
  readonly note: string
  readonly nodes: readonly NodeFacts[]
  readonly pods: readonly PodFacts[]
  readonly gonePods: readonly string[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly goneSlices: readonly string[]
}

/** case, from, what was tried, host, port, protocol, exit code, backend, client address that it saw, situation */
type Row = readonly [string, string, string, string, number, Protocol, number, string | null, string | null, number]

interface Recording {
  readonly config: Partial<NetworkConfig> & Pick<NetworkConfig, "proxyMode" | "machines">
  readonly nodes: readonly NodeFacts[]
  readonly pods: readonly PodFacts[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
  readonly situations: readonly Situation[]
  readonly rows: readonly Row[]
}

const podKey = ({ namespace, name }: PodFacts): string => `${namespace}/${name}`
const sliceKey = ({ metadata }: EndpointSlice): string => `${metadata.namespace}/${metadata.name}`

/** `all` with those of `changed` in the place of their namesakes, and without `gone`. */
const patched = <T>(
  all: readonly T[],
  changed: readonly T[],
  gone: readonly string[],
  key: (each: T) => string,
): readonly T[] => {
  const keys = new Set([...changed.map(key), ...gone])
  return [...all.filter((each) => !keys.has(key(each))), ...changed]
}

const tableIn = (recording: Recording, situation: Situation): RoutingTable => {
  const state: ClusterState = {
    config: { ...defaultNetworkConfig, ...recording.config },
    nodes: patched(recording.nodes, situation.nodes, [], (node) => node.name),
    pods: patched(recording.pods, situation.pods, situation.gonePods, podKey),
    services: recording.services,
    endpointSlices: patched(recording.endpointSlices, situation.endpointSlices, situation.goneSlices, sliceKey),
    networkPolicies: [],
  }
  const table = compile(state)
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return table.value
}

const originOf = (text: string): Origin => {
  const [, kind, name = ""] = /^(node|machine) (.+)$/.exec(text) ?? []
  if (kind === "node") return { kind, name }
  return kind === "machine" ? { kind: "node-network", ip: name } : { kind: "pod", namespace: "u", name: text }
}

/** How a backend calls itself: a pod by its name, on the node's own network by the node's, a machine outside by its own. */
const hostname = ({ config, pods }: Recording, { ip, pod, node }: Backend): string | undefined => {
  if (pod === undefined) return config.machines.find((machine) => machine.ip === ip)?.name
  return pods.find((each) => each.name === pod)?.hostNetwork ? node : pod
}

const differencesOf = (recording: Recording, table: RoutingTable, row: Row): readonly string[] => {
  const [title, from, what, to, port, protocol, exit, name, seen] = row
  const found = trace(table, { from: originOf(from), to, port, protocol })
  const lines: string[] = []
  if (found.curl.exitCode !== exit) lines.push(`exit ${found.curl.exitCode}, recorded ${exit}`)
  else if (exit === 0 && (name !== null || seen !== null)) {
    const answered = found.backends.filter((each) => name === null || hostname(recording, each) === name)
    if (answered.length === 0) lines.push(`${name} answered and is not among the backends`)
    else if (seen !== null && answered.every((each) => each.sourceSeen !== seen))
      lines.push(`${name} sees ${answered.map((each) => each.sourceSeen)}, recorded ${seen}`)
  }
  return lines.map((line) => `${title}: ${from} -> ${what} (${protocol} ${to}:${port}): ${line}`)
}

for (const recording of [iptables, nftables] as unknown as readonly Recording[])
  test(`[R17] to [R69] agree with awkward cases in ${recording.config.proxyMode} mode, recorded on a real cluster`, () => {
    const tables = recording.situations.map((situation) => tableIn(recording, situation))
    expect(recording.rows.length).toBeGreaterThan(270)
    const differences = recording.rows.flatMap((row) => {
      const table = tables[row[9]]
      return table ? differencesOf(recording, table, row) : [`no situation ${row[9]}`]
    })
    expect(differences).toEqual([])
  })
