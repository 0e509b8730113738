import type { Origin } from "@pilotage/routing-core"
import type { Dispatch } from "react"
import { NumberField } from "./number-field.tsx"
import type { RouteDraft, Scenario } from "./scenario.ts"
import type { Simulation, SimulationAction } from "./simulation.ts"

interface RequestControlsProps {
  readonly simulation: Simulation
  readonly act: Dispatch<SimulationAction>
}

const ORIGINS: readonly { readonly key: string; readonly text: string; readonly from: Origin }[] = [
  { key: "pod", text: "pod orders", from: { kind: "pod", namespace: "default", name: "orders" } },
  { key: "outside", text: "outside client", from: { kind: "outside", ip: "203.0.113.7" } },
  { key: "node", text: "node-1 itself", from: { kind: "node", name: "node-1" } },
]

const targets = (
  { service }: RouteDraft,
  loadBalancer: Scenario["loadBalancer"],
): readonly { readonly to: string; readonly text: string }[] => [
  { to: service.name, text: service.name },
  { to: `${service.name}.default.svc.cluster.local`, text: "its full DNS name" },
  { to: "shop", text: "shop, no such name" },
  { to: "{clusterIP}", text: `cluster IP ${service.clusterIP}` },
  { to: "172.18.0.2", text: "node-1 172.18.0.2" },
  { to: "172.18.0.3", text: "node-2 172.18.0.3" },
  { to: "172.18.0.4", text: "node-3 172.18.0.4" },
  { to: "{address}", text: `load balancer ${loadBalancer === "none" ? "<pending>" : service.address}` },
]

/** Who asks, and what for. The reader may ask for anything: the answer is the engine's. */
export function RequestControls({ simulation: { scenario, active }, act }: RequestControlsProps) {
  const route = scenario.routes[active]
  if (!route) return null
  const { request } = route
  const origin = ORIGINS.find(({ from }) => from.kind === request.from.kind) ?? ORIGINS[0]
  return (
    <fieldset>
      <legend>Request</legend>
      <label>
        <span>from</span>
        <select
          value={origin?.key}
          onChange={(event) => {
            const chosen = ORIGINS.find(({ key }) => key === event.target.value)
            if (chosen) act({ kind: "edit-request", change: { from: chosen.from } })
          }}
        >
          {ORIGINS.map(({ key, text }) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>curl to</span>
        <select
          value={request.to}
          onChange={(event) => act({ kind: "edit-request", change: { to: event.target.value } })}
        >
          {targets(route, scenario.loadBalancer).map(({ to, text }) => (
            <option key={to} value={to}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label="to port"
        value={request.port}
        onChange={(port) => act({ kind: "edit-request", change: { port } })}
      />
    </fieldset>
  )
}
