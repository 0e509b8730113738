import type { Dispatch } from "react"
import type { Scenario, ServiceDraft } from "./scenario.ts"
import type { Simulation, SimulationAction } from "./simulation.ts"
import styles from "./simulator.module.css"

interface ControlsProps {
  readonly simulation: Simulation
  readonly act: Dispatch<SimulationAction>
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}

const NumberField = ({ label, value, onChange }: NumberFieldProps) => (
  <label>
    <span>{label}</span>
    <input
      inputMode="numeric"
      value={value === 0 ? "" : value}
      size={6}
      onChange={(event) => {
        const number = Number(event.target.value)
        if (Number.isInteger(number) && number >= 0 && number <= 65535) onChange(number)
      }}
    />
  </label>
)

const NODES = [
  { name: "node-1", ip: "172.18.0.2" },
  { name: "node-2", ip: "172.18.0.3" },
  { name: "node-3", ip: "172.18.0.4" },
]

/** The fields that decide where the active request goes. */
export function Controls({ simulation: { scenario, active }, act }: ControlsProps) {
  const route = scenario.routes[active]
  if (!route) return null
  const { service, request } = route
  const edit = (change: Partial<ServiceDraft>): void => act({ kind: "edit-service", change })
  const outside = service.type !== "ClusterIP"
  return (
    <div className={styles.controls}>
      <fieldset>
        <legend>Service {service.name}</legend>
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
      <fieldset>
        <legend>Request</legend>
        {service.type === "NodePort" ? (
          <label>
            <span>curl to</span>
            <select
              value={request.to}
              onChange={(event) => act({ kind: "edit-request", change: { to: event.target.value } })}
            >
              {NODES.map((node) => (
                <option key={node.name} value={node.ip}>
                  {node.name} {node.ip}
                </option>
              ))}
              <option value="{clusterIP}">cluster IP {service.clusterIP}</option>
            </select>
          </label>
        ) : service.type === "ClusterIP" ? (
          <label>
            <span>curl to</span>
            <input
              value={request.to}
              size={16}
              onChange={(event) => act({ kind: "edit-request", change: { to: event.target.value } })}
            />
          </label>
        ) : (
          <label>
            <span>from</span>
            <select
              value={request.from.kind}
              onChange={(event) =>
                act({
                  kind: "edit-request",
                  change: {
                    from:
                      event.target.value === "pod"
                        ? { kind: "pod", namespace: "default", name: "orders" }
                        : { kind: "outside", ip: "203.0.113.7" },
                  },
                })
              }
            >
              <option value="outside">outside client</option>
              <option value="pod">pod orders</option>
            </select>
          </label>
        )}
        <NumberField
          label="to port"
          value={request.port}
          onChange={(port) => act({ kind: "edit-request", change: { port } })}
        />
      </fieldset>
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
