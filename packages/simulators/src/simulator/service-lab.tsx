import { compute } from "./compute.ts"
import { PRESETS, type PresetName } from "./presets.ts"
import { Simulator } from "./simulator.tsx"

export interface ServiceLabProps {
  readonly preset: PresetName
}

const LABELS: Readonly<Record<PresetName, string>> = {
  "one-glance": "Three routes to one set of pods",
  clusterip: "One ClusterIP Service",
  nodeport: "One NodePort Service",
  loadbalancer: "One LoadBalancer Service",
}

/** One Service to take apart. Computed where it is rendered, which should be on the server. */
export const ServiceLab = ({ preset }: ServiceLabProps) => (
  <Simulator name={`lab-${preset}`} initial={PRESETS[preset]} first={compute(PRESETS[preset])} label={LABELS[preset]} />
)
