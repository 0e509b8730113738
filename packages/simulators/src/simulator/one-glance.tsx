import { PRESETS } from "./presets.ts"
import { Simulator } from "./simulator.tsx"

export interface OneGlanceProps {
  /** Sends the first ship by itself. */
  readonly running?: boolean
}

/** Three ways to the same pods in one picture: from a pod, through a node's port, through a load balancer. */
export function OneGlance({ running = false }: OneGlanceProps) {
  return (
    <Simulator
      name="one-glance"
      initial={PRESETS["one-glance"]}
      label="Three routes to one set of pods"
      running={running}
    />
  )
}
