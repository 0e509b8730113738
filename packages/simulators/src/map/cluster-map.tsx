"use client"
import { selectsPods } from "@pilotage/kube-model"
import type { ClusterState, Trace } from "@pilotage/routing-core"
import { useMemo, useState } from "react"
import { ChartDrawing } from "./chart-drawing.tsx"
import styles from "./map.module.css"
import { MapTargets } from "./map-targets.tsx"
import { narrowLayout } from "./narrow-layout.ts"
import { policyNames } from "./policies.ts"
import { useShape } from "./use-shape.ts"
import { wideLayout } from "./wide-layout.ts"

export interface ClusterMapProps {
  readonly state: ClusterState
  /** The request that the reader follows. */
  readonly trace?: Trace | undefined
  /** Which of `stagesOf(trace)` is shown; beyond the last one, the last one. Absent: the whole journey, ended. */
  readonly step?: number | undefined
  /** While true, the vessel sails to `step` and then calls `onArrive`. */
  readonly sailing?: boolean
  readonly onArrive?: (() => void) | undefined
  /** Other requests, drawn pale beside it; each keeps its lane. */
  readonly others?: readonly Trace[]
  /** The lane of `trace` among all of them. */
  readonly lane?: number
  /** `namespace/name` of the Service whose pods are lit. Absent: the map remembers the reader's choice itself. */
  readonly selectedService?: string | undefined
  readonly onSelectService?: ((key: string | undefined) => void) | undefined
  /** Who the outside client is, under its ship. */
  readonly outsideClient?: { readonly name: string; readonly address: string }
  /** `auto` follows the width of the map's own place on the page. */
  readonly layout?: "wide" | "narrow" | "auto"
}

const litPods = (state: ClusterState, selected: string | undefined): ReadonlySet<string> | undefined => {
  if (selected === undefined) return undefined
  const service = state.services.find(
    ({ metadata }) => `${metadata.namespace ?? "default"}/${metadata.name}` === selected,
  )
  if (service === undefined) return undefined
  const namespace = service.metadata.namespace ?? "default"
  const chosen = state.pods.filter(
    (pod) => pod.namespace === namespace && selectsPods(service.spec.selector, pod.labels),
  )
  return new Set(chosen.map((pod) => `${pod.namespace}/${pod.name}`))
}

/** A cluster as a chart, and one request on its way through it. Everything drawn comes from `state` and `trace`. */
export function ClusterMap(props: ClusterMapProps) {
  const { state, layout: shape = "auto" } = props
  const { ref, shapes } = useShape(shape)
  const [remembered, remember] = useState<string>()
  const selected = props.onSelectService === undefined ? remembered : props.selectedService
  const select = props.onSelectService ?? remember
  const lit = useMemo(() => litPods(state, selected), [state, selected])
  const policies = useMemo(() => policyNames(state), [state])
  const layouts = useMemo(() => ({ wide: wideLayout(state), narrow: narrowLayout(state) }), [state])
  return (
    <div ref={ref} className={styles.map}>
      {shapes.map((name) => {
        const layout = layouts[name]
        return (
          <div key={name} className={shapes.length > 1 ? styles[name] : undefined}>
            <div className={styles.sheet}>
              <ChartDrawing {...props} layout={layout} lit={lit} policies={policies} selected={selected} />
              <MapTargets layout={layout} policies={policies} selectedService={selected} onSelectService={select} />
            </div>
          </div>
        )
      })}
    </div>
  )
}
