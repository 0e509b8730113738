import { compute } from "./compute.ts"
import { PRESETS } from "./presets.ts"
import { Simulator } from "./simulator.tsx"

export interface OneGlanceProps {
  /** Sends the first ship by itself. */
  readonly running?: boolean
}

/**
 * Three ways to the same pods in one picture: from a pod, through a node's port, through a load balancer. Computed where it
 * is rendered, which should be on the server.
 */
export const OneGlance = ({ running = false }: OneGlanceProps) => (
  <Simulator
    name="one-glance"
    initial={PRESETS["one-glance"]}
    first={compute(PRESETS["one-glance"])}
    label="Three routes to one set of pods"
    running={running}
  />
)
