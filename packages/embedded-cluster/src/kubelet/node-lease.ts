import { formatTime, type KubeObject, parseTime } from "@pilotage/kube-model"
import { type Controller, NOTHING } from "../engine/controller.ts"

const LEASES = "kube-node-lease"
/** How often a kubelet says that it is there, and how long its word counts. */
const RENEW_MS = 10_000
const DURATION_SECONDS = 40

/** metav1.MicroTime. */
export const microTime = (ms: number): string =>
  `${formatTime(ms).slice(0, -1)}.${String(ms % 1000).padStart(3, "0")}000Z`

const leaseOf = (node: KubeObject, now: number): KubeObject => {
  const { name, uid = "" } = node.metadata
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { name, namespace: LEASES, ownerReferences: [{ apiVersion: "v1", kind: "Node", name, uid }] },
    spec: { holderIdentity: name, leaseDurationSeconds: DURATION_SECONDS, renewTime: microTime(now) },
  }
}

/** Gives each node its Lease, and gives it again when it is lost. Key: the node's name. */
export const nodeLeases: Controller = {
  name: "node-leases",
  delayMs: 200,
  keysOf: ({ type, resource, object }) =>
    (resource === "nodes" && type === "ADDED") ||
    (resource === "leases" && type === "DELETED" && object.metadata.namespace === LEASES)
      ? [object.metadata.name]
      : [],
  reconcile({ view, now }, name) {
    const node = view.get("nodes", "", name)
    if (!node || view.get("leases", LEASES, name)) return NOTHING
    return { writes: [{ kind: "create", resource: "leases", object: leaseOf(node, now) }] }
  },
}

/** Programs of the control plane that hold a Lease, and how often they renew it. */
const PERIODS: readonly (readonly [RegExp, number])[] = [
  [/^kube-(controller-manager|scheduler)$/, 2_000],
  [/^apiserver-/, RENEW_MS],
]

const periodOf = ({ metadata }: KubeObject): number | undefined => {
  if (metadata.namespace === LEASES)
    return metadata.ownerReferences?.some(({ kind }) => kind === "Node") ? RENEW_MS : undefined
  if (metadata.namespace !== "kube-system") return undefined
  return PERIODS.find(([name]) => name.test(metadata.name))?.[1]
}

/**
 * A Lease as its holder has renewed it by now. Holders are punctual, so the time of the last renewal is known without
 * doing it: the store keeps the first one, and an idle cluster has nothing to do and nothing to log. Who watches Leases
 * is told of changes by others alone.
 */
export const renewedLease = (lease: KubeObject, now: number): KubeObject => {
  const spec = lease.spec as { readonly renewTime?: string } | undefined
  const [period, since] = [periodOf(lease), parseTime(spec?.renewTime ?? "")]
  if (period === undefined || since === undefined || now < since + period) return lease
  const renewTime = microTime(since + Math.floor((now - since) / period) * period)
  return { ...lease, spec: { ...spec, renewTime } }
}
