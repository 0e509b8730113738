import { createRandom } from "@pilotage/kube-model"
import type { ClusterState, ProxyMode } from "../../state.ts"
import { compile } from "../../table/compile.ts"
import type { RouteRequest } from "../../trace-types.ts"
import { type Compared, compareRequest, type Network } from "./comparison.ts"
import { contestedAddresses } from "./contested.ts"
import { randomCluster } from "./random-cluster.ts"
import { randomRequest } from "./random-request.ts"
import { ruleReaders } from "./rule-readers.ts"

const networkOf = (state: ClusterState): Network => {
  const table = compile(state)
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  const isContested = contestedAddresses(state)
  return {
    table: table.value,
    readers: ruleReaders(table.value),
    leavesOut: (hop) => isContested(hop.entry),
  }
}

export const compareOne = (state: ClusterState, request: RouteRequest): Compared =>
  compareRequest({ ...networkOf(state), leavesOut: () => false }, request)

interface Sample {
  /** Requests that met at least one node's rules. */
  readonly requests: number
  /** Nodes that they met: each time three answers were compared. */
  readonly stations: number
  /** Each with the seed of its cluster. */
  readonly disagreements: readonly string[]
}

/** `size` random clusters from seed `first` on, and `requests` random requests in each. */
export const randomSample = (mode: ProxyMode, first: number, size: number, requests: number): Sample => {
  let [compared, stations] = [0, 0]
  const disagreements: string[] = []
  for (let seed = first; seed < first + size; seed += 1) {
    const random = createRandom(seed)
    const state = randomCluster(random, mode)
    const network = networkOf(state)
    for (let count = 0; count < requests; count += 1) {
      const found = compareRequest(network, randomRequest(random, state))
      if (found.stations) compared += 1
      stations += found.stations
      disagreements.push(...found.disagreements.map((text) => `seed ${seed}: ${text}`))
    }
  }
  return { requests: compared, stations, disagreements }
}
