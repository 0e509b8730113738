import { PRESETS } from "./presets.ts"
import { Simulator } from "./simulator.tsx"

/** Three ways to the same pods in one picture: from a pod, through a node's port, through a load balancer. */
export function OneGlance() {
  return <Simulator name="one-glance" initial={PRESETS["one-glance"]} label="Three routes to one set of pods" />
}
