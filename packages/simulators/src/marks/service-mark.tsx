import type { Service } from "@pilotage/kube-model"
import { classNames } from "../class-names.ts"
import type { Point } from "../map/geometry.ts"
import styles from "./marks.module.css"
import { routeClass } from "./route-style.ts"

export interface ServiceMarkProps {
  readonly service: Service
  readonly center: Point
  readonly lit?: boolean
}

const LETTERS = { ClusterIP: "C", NodePort: "N", LoadBalancer: "L", ExternalName: "E" } as const

const portsText = (service: Service): string =>
  (service.spec.ports ?? [])
    .map(({ port, nodePort }) => (nodePort === undefined ? `:${port}` : `:${port} ↔ ${nodePort}`))
    .join(" ")

/** A buoy: a dashed circle with its type's letter. Dashed, since a Service is a rule that nodes follow and not a process. */
export function ServiceMark({ service, center, lit = false }: ServiceMarkProps) {
  const type = service.spec.type ?? "ClusterIP"
  const { x, y } = center
  return (
    <g className={classNames(styles.service, routeClass(type), lit && styles.lit)}>
      {lit && <circle className={styles.halo} cx={x} cy={y} r={25} />}
      <circle className={styles.buoy} cx={x} cy={y} r={19} />
      <path className={styles.buoyFlag} d={`M${x} ${y - 19}v-7`} />
      <circle className={styles.buoyTop} cx={x} cy={y - 27} r={2.4} />
      <text className={styles.buoyLetter} x={x} y={y + 6}>
        {LETTERS[type]}
      </text>
      <text className={styles.serviceName} x={x + 29} y={y - 2}>
        {service.metadata.name}
      </text>
      <text className={styles.address} x={x + 29} y={y + 14}>
        {type === "ExternalName"
          ? service.spec.externalName
          : `${service.spec.clusterIP ?? "None"}${portsText(service)}`}
      </text>
    </g>
  )
}
