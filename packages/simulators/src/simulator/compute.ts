import { type ClusterState, compile, type Trace, trace } from "@pilotage/routing-core"
import type { Scenario } from "./scenario.ts"
import { routeRequest, scenarioState } from "./scenario-state.ts"

/** What the engine says about a scenario: its state and a trace for each route. */
export interface Computed {
  readonly state: ClusterState
  readonly traces: readonly Trace[]
  /** Why the scenario makes no cluster, when it does not: a port that is no port, for example. */
  readonly problem: string | undefined
}

export const compute = (scenario: Scenario): Computed => {
  const state = scenarioState(scenario)
  const table = compile(state)
  if (!table.ok) return { state, traces: [], problem: `${table.error.path}: ${table.error.message}` }
  const traces = scenario.routes.map((route) => trace(table.value, routeRequest(route, scenario.loadBalancer)))
  return { state, traces, problem: undefined }
}
