import { formatIPv4, parseIPv4 } from "@pilotage/kube-model"
import type { PodRun } from "./pod-run.ts"

export interface LogLine {
  /** Virtual milliseconds; a line in the future has not been written yet. */
  readonly at: number
  readonly text: string
}

interface ContainerLog {
  /** Lines that were dropped from the front. */
  readonly dropped: number
  readonly lines: readonly LogLine[]
  /** Of the process before. */
  readonly previous?: readonly LogLine[]
}

/** All that the kubelets of a cluster remember. Values are never changed in place, so a fork shares them. */
export interface KubeletState {
  /** By `namespace/name`. */
  readonly runs: Map<string, PodRun>
  /** By `uid/container`. */
  readonly logs: Map<string, ContainerLog>
  /** Pod addresses in use, and by which pod. */
  readonly addresses: Map<string, string>
  /** By node: the last address handed out, as an offset in its pod CIDR. */
  readonly cursors: Map<string, number>
  /** When each Service was made, by uid: a container knows by environment variables those that were there before it. */
  readonly serviceBirths: Map<string, number>
}

export interface KubeletDump {
  readonly runs: readonly (readonly [string, PodRun])[]
  readonly logs: readonly (readonly [string, ContainerLog])[]
  readonly addresses: readonly (readonly [string, string])[]
  readonly cursors: readonly (readonly [string, number])[]
  readonly serviceBirths: readonly (readonly [string, number])[]
}

export const createKubeletState = (dump?: KubeletDump): KubeletState => ({
  runs: new Map(dump?.runs),
  logs: new Map(dump?.logs),
  addresses: new Map(dump?.addresses),
  cursors: new Map(dump?.cursors),
  serviceBirths: new Map(dump?.serviceBirths),
})

export const dumpKubelets = (state: KubeletState): KubeletDump => ({
  runs: [...state.runs],
  logs: [...state.logs],
  addresses: [...state.addresses],
  cursors: [...state.cursors],
  serviceBirths: [...state.serviceBirths],
})

const LINES_KEPT = 1000

export const appendLine = (state: KubeletState, key: string, line: LogLine): void => {
  const log = state.logs.get(key) ?? { dropped: 0, lines: [] }
  const surplus = log.lines.length >= LINES_KEPT ? log.lines.length - LINES_KEPT + 1 : 0
  state.logs.set(key, { ...log, dropped: log.dropped + surplus, lines: [...log.lines.slice(surplus), line] })
}

export const startLog = (state: KubeletState, key: string, lines: readonly LogLine[]): void => {
  const before = state.logs.get(key)
  state.logs.set(key, { dropped: 0, lines, ...(before ? { previous: before.lines } : {}) })
}

/** The next free address of a /24 or larger block: .1 is the node's own, the search goes on where it stood (host-local). */
export const takeAddress = (state: KubeletState, node: string, podCIDR: string, key: string): string | undefined => {
  const [base = "", length = "24"] = podCIDR.split("/")
  const first = parseIPv4(base)
  if (first === undefined) return undefined
  const size = 2 ** (32 - Number(length))
  const from = state.cursors.get(node) ?? 1
  for (let step = 1; step < size; step += 1) {
    const offset = 2 + ((from - 2 + step) % (size - 3))
    const ip = formatIPv4(first + offset)
    if (state.addresses.has(ip)) continue
    state.addresses.set(ip, key)
    state.cursors.set(node, offset)
    return ip
  }
  return undefined
}

export const releaseAddress = (state: KubeletState, ip: string | undefined, key: string): void => {
  if (ip !== undefined && state.addresses.get(ip) === key) state.addresses.delete(ip)
}
