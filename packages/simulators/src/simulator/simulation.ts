import type { Trace, Verdict } from "@pilotage/routing-core"
import { stagesOf } from "../map/journey.ts"
import type { PodDraft, RequestDraft, Scenario, ServiceDraft } from "./scenario.ts"

/** A simulator's whole state. */
export interface Simulation {
  readonly scenario: Scenario
  /** Index of the route that is edited and sailed. */
  readonly active: number
  /** Stage of the active request; undefined: every way is drawn whole. */
  readonly stage: number | undefined
  readonly playing: boolean
  readonly prediction: Verdict | undefined
  /** How often the request was sent as it is: chance falls differently each time, the first time as the preset says. */
  readonly sent: number
}

export type SimulationAction =
  | { readonly kind: "choose"; readonly route: number }
  | { readonly kind: "edit-service"; readonly change: Partial<ServiceDraft> }
  | { readonly kind: "edit-request"; readonly change: Partial<RequestDraft> }
  | { readonly kind: "edit-pod"; readonly name: string; readonly change: Partial<PodDraft> }
  | { readonly kind: "load-balancer"; readonly value: Scenario["loadBalancer"] }
  | { readonly kind: "predict"; readonly verdict: Verdict | undefined }
  | { readonly kind: "play" }
  | { readonly kind: "step"; readonly last: number }
  | { readonly kind: "arrived"; readonly last: number }
  | { readonly kind: "skip" }
  | { readonly kind: "reset"; readonly scenario: Scenario }

export const startSimulation = (scenario: Scenario): Simulation => ({
  scenario,
  active: 0,
  stage: undefined,
  playing: false,
  prediction: undefined,
  sent: 0,
})

/** An edit puts the ship back to its berth: what was computed before no longer holds. */
const edited = (simulation: Simulation, scenario: Scenario): Simulation => ({
  ...simulation,
  scenario,
  stage: 0,
  playing: false,
  prediction: undefined,
  sent: 0,
})

const editRoute = (simulation: Simulation, change: Partial<Scenario["routes"][number]>): Simulation =>
  edited(simulation, {
    ...simulation.scenario,
    routes: simulation.scenario.routes.map((route, index) =>
      index === simulation.active ? { ...route, ...change } : route,
    ),
  })

/** Steps of the golden ratio spread evenly over all choices, without a generator. */
const GOLDEN = 0.618_034

const withOtherChance = (scenario: Scenario, active: number): Scenario => ({
  ...scenario,
  routes: scenario.routes.map((route, index) =>
    index === active
      ? { ...route, request: { ...route.request, picks: route.request.picks.map((pick) => (pick + GOLDEN) % 1) } }
      : route,
  ),
})

export const simulate = (simulation: Simulation, action: SimulationAction): Simulation => {
  const { scenario, active, stage } = simulation
  const route = scenario.routes[active]
  switch (action.kind) {
    case "choose":
      return { ...simulation, active: action.route, stage: undefined, playing: false, prediction: undefined, sent: 0 }
    case "edit-service":
      return route ? editRoute(simulation, { service: { ...route.service, ...action.change } }) : simulation
    case "edit-request":
      return route ? editRoute(simulation, { request: { ...route.request, ...action.change } }) : simulation
    case "edit-pod":
      return edited(simulation, {
        ...scenario,
        pods: scenario.pods.map((pod) => (pod.name === action.name ? { ...pod, ...action.change } : pod)),
      })
    case "load-balancer":
      return edited(simulation, { ...scenario, loadBalancer: action.value })
    case "predict":
      return { ...simulation, prediction: action.verdict }
    case "play":
      return {
        ...simulation,
        scenario: simulation.sent === 0 ? scenario : withOtherChance(scenario, active),
        stage: 0,
        playing: true,
        sent: simulation.sent + 1,
      }
    case "step":
      return { ...simulation, stage: stage === undefined || stage >= action.last ? 0 : stage + 1, playing: false }
    case "arrived":
      if (!simulation.playing || stage === undefined) return simulation
      return stage >= action.last ? { ...simulation, playing: false } : { ...simulation, stage: stage + 1 }
    case "skip":
      return { ...simulation, stage: undefined, playing: false }
    case "reset":
      return startSimulation(action.scenario)
  }
}

/** Index of the last stage of a trace. */
export const lastStage = (shown: Trace): number => Math.max(0, stagesOf(shown).length - 1)
