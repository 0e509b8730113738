import type { Dispatch } from "react"
import { NumberField } from "./number-field.tsx"
import { RequestControls } from "./request-controls.tsx"
import type { Scenario, ServiceDraft } from "./scenario.ts"
import type { Simulation, SimulationAction } from "./simulation.ts"
import styles from "./simulator.module.css"

const TYPES = ["ClusterIP", "NodePort", "LoadBalancer"] as const

interface ControlsProps {
  readonly simulation: Simulation
  readonly act: Dispatch<SimulationAction>
}

/** The fields that decide where the active request goes. */
export function Controls({ simulation, act }: ControlsProps) {
  const { scenario, active } = simulation
  const route = scenario.routes[active]
  if (!route) return null
  const { service } = route
  const edit = (change: Partial<ServiceDraft>): void => act({ kind: "edit-service", change })
  const outside = service.type !== "ClusterIP"
  return (
    <div className={styles.controls}>
      <fieldset>
        <legend>Service {service.name}</legend>
        <label>
          <span>type</span>
          <select
            value={service.type}
            onChange={(event) => edit({ type: TYPES.find((type) => type === event.target.value) ?? "ClusterIP" })}
          >
            {TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        <label>
          <span>selector app</span>
          <input value={service.selector} size={8} onChange={(event) => edit({ selector: event.target.value })} />
        </label>
        <NumberField label="port" value={service.port} onChange={(port) => edit({ port })} />
        <NumberField label="targetPort" value={service.targetPort} onChange={(targetPort) => edit({ targetPort })} />
        {outside && (
          <NumberField label="nodePort" value={service.nodePort} onChange={(nodePort) => edit({ nodePort })} />
        )}
        {outside && (
          <label>
            <span>externalTrafficPolicy</span>
            <select
              value={service.externalTrafficPolicy}
              onChange={(event) =>
                edit({ externalTrafficPolicy: event.target.value === "Local" ? "Local" : "Cluster" })
              }
            >
              <option>Cluster</option>
              <option>Local</option>
            </select>
          </label>
        )}
        {service.type === "LoadBalancer" && (
          <label>
            <span>load balancer</span>
            <select
              value={scenario.loadBalancer}
              onChange={(event) =>
                act({ kind: "load-balancer", value: event.target.value as Scenario["loadBalancer"] })
              }
            >
              <option value="proxy">a machine of its own</option>
              <option value="vip">an address on the nodes</option>
              <option value="none">nobody: pending</option>
            </select>
          </label>
        )}
      </fieldset>
      <RequestControls simulation={simulation} act={act} />
      <fieldset>
        <legend>Pods ready</legend>
        {scenario.pods
          .filter((pod) => pod.listens !== undefined)
          .map((pod) => (
            <label key={pod.name} className={styles.check}>
              <input
                type="checkbox"
                checked={pod.ready}
                onChange={(event) => act({ kind: "edit-pod", name: pod.name, change: { ready: event.target.checked } })}
              />
              <span>
                {pod.name} on {pod.node}
              </span>
            </label>
          ))}
      </fieldset>
    </div>
  )
}
