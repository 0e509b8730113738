import type { ServiceType } from "@pilotage/kube-model"
import type { RouteTaken } from "@pilotage/routing-core"
import styles from "./route-style.module.css"

/** Sets the route's colour as `--route` and its line; the same everywhere. */
export const routeClass = (kind: RouteTaken["kind"] | ServiceType): string | undefined => {
  switch (kind) {
    case "ClusterIP":
      return styles.clusterip
    case "NodePort":
      return styles.nodeport
    case "LoadBalancer":
      return styles.loadbalancer
    default:
      return styles.direct
  }
}
