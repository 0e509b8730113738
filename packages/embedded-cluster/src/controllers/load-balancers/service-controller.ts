import type { KubeObject, LoadBalancerIngress, Random, Result, Service } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
} from "../../engine/controller.ts"
import type { StoreEvent, Write } from "../../store-types.ts"
import { isBalanced } from "./address-block.ts"

const FINALIZER = "service.kubernetes.io/load-balancer-cleanup"
const RELEASE_MS = 400
/** The first and the longest pause between two attempts (cloud-provider controllers/service). */
const RETRY_MS = { first: 5_000, longest: 300_000 }

/** What a cloud does with a Service of type LoadBalancer. */
interface Cloud {
  /** How long it takes from the Service to its load balancer, and back to nothing. */
  readonly provisionMs: (random: Random) => number
  /** Where the load balancer is reached, as long as possible where it is already; or why there cannot be one. */
  readonly ensure: (view: ControllerView, service: Service, random: Random) => Result<LoadBalancerIngress, string>
  /** What of the Service's annotations is not heeded. */
  readonly complaints?: (service: Service) => readonly string[]
}

const report = (about: Service, reason: string, message: string, type: "Normal" | "Warning" = "Normal"): Report => ({
  about,
  type,
  reason,
  message,
  component: "service-controller",
})

const finalizersWithout = (service: Service): readonly string[] =>
  (service.metadata.finalizers ?? []).filter((each) => each !== FINALIZER)

const release = (service: Service, isDue: boolean, key: string): Outcome => {
  if (!service.metadata.finalizers?.includes(FINALIZER)) return NOTHING
  if (!isDue)
    return {
      writes: [],
      reports: [report(service, "DeletingLoadBalancer", "Deleting load balancer")],
      timers: [{ key: `${key}/release`, afterMs: RELEASE_MS }],
    }
  const write: Write = {
    kind: "update",
    resource: "services",
    object: {
      ...service,
      metadata: { ...service.metadata, finalizers: finalizersWithout(service) },
      status: { ...service.status, loadBalancer: {} },
    },
  }
  return { writes: [write], reports: [report(service, "DeletedLoadBalancer", "Deleted load balancer")] }
}

const isSame = (left: LoadBalancerIngress | undefined, right: LoadBalancerIngress): boolean =>
  left?.ip === right.ip && left?.hostname === right.hostname && left?.ipMode === right.ipMode

/** The end of an attempt. `attempt` counts from 0. */
const ensured = (
  { view, random }: ControllerContext,
  service: Service,
  cloud: Cloud,
  key: string,
  attempt: number,
): Outcome => {
  const ingress = cloud.ensure(view, service, random)
  if (!ingress.ok) {
    const message = `Error syncing load balancer: failed to ensure load balancer: ${ingress.error}`
    return {
      writes: [],
      reports: [report(service, "SyncLoadBalancerFailed", message, "Warning")],
      timers: [
        { key: `${key}/retry/${attempt + 1}`, afterMs: Math.min(RETRY_MS.first * 2 ** attempt, RETRY_MS.longest) },
      ],
    }
  }
  const now = service.status?.loadBalancer?.ingress
  const isThere = now?.length === 1 && isSame(now[0], ingress.value)
  const status = { ...service.status, loadBalancer: { ingress: [ingress.value] } }
  return {
    writes: isThere ? [] : [{ kind: "update", resource: "services", object: { ...service, status } }],
    reports: [report(service, "EnsuredLoadBalancer", "Ensured load balancer")],
  }
}

const begin = (
  { random }: ControllerContext,
  service: Service,
  cloud: Cloud,
  key: string,
  attempt: number,
): Outcome => {
  const isMarked = service.metadata.finalizers?.includes(FINALIZER) ?? false
  const metadata = { ...service.metadata, finalizers: [...finalizersWithout(service), FINALIZER] }
  const complaints = attempt === 0 ? (cloud.complaints?.(service) ?? []) : []
  return {
    writes: isMarked ? [] : [{ kind: "update", resource: "services", object: { ...service, metadata } }],
    reports: [
      report(service, "EnsuringLoadBalancer", "Ensuring load balancer"),
      ...complaints.map((message) => report(service, "AnnotationIgnored", message, "Warning")),
    ],
    timers: [{ key: `${key}/ensure/${attempt}`, afterMs: cloud.provisionMs(random) }],
  }
}

/**
 * Keys: `NAMESPACE/NAME`, after a change that matters with `/change` behind; when the time has come `/ensure/ATTEMPT`,
 * `/retry/ATTEMPT` or `/release`.
 */
const reconcile = (context: ControllerContext, key: string, cloud: Cloud): Outcome => {
  const [namespace = "", name = "", step, attempt = "0"] = key.split("/")
  const service = context.view.get("services", namespace, name)
  if (!service) return NOTHING
  const base = `${namespace}/${name}`
  if (!isBalanced(service) || service.metadata.deletionTimestamp) return release(service, step === "release", base)
  if (step === "ensure") return ensured(context, service, cloud, base, Number(attempt))
  const isNew = !service.metadata.finalizers?.includes(FINALIZER)
  if (isNew || step === "change") return begin(context, service, cloud, base, 0)
  const isPending = (service.status?.loadBalancer?.ingress ?? []).length === 0
  return step === "retry" && isPending ? begin(context, service, cloud, base, Number(attempt)) : NOTHING
}

/** What a cloud must be told of (cloud-provider controllers/service needsUpdate). */
const aspects = ({ metadata, spec }: Service): string =>
  JSON.stringify([
    metadata.annotations ?? {},
    spec.ports,
    spec.sessionAffinity,
    spec.externalTrafficPolicy,
    spec.loadBalancerSourceRanges,
    spec.loadBalancerIP,
    spec.externalIPs,
  ])

const needsUpdate = (before: KubeObject | undefined, after: Service): boolean =>
  before !== undefined &&
  (before as Service).spec.type === "LoadBalancer" &&
  (before.metadata.annotations !== after.metadata.annotations || (before as Service).spec !== after.spec) &&
  aspects(before as Service) !== aspects(after)

const keysOf = ({ resource, type, object, previous }: StoreEvent): readonly string[] => {
  if (resource !== "services" || type === "DELETED") return []
  const service = object as Service
  if (service.spec.type !== "LoadBalancer")
    return service.metadata.finalizers?.includes(FINALIZER) ? [keyOf(service)] : []
  const isNews = type === "ADDED" || needsUpdate(previous, service)
  return [isNews ? `${keyOf(service)}/change` : keyOf(service)]
}

/** The part of a cloud's controller manager that serves Services of type LoadBalancer without a class. */
export const serviceController = (cloud: Cloud): Controller => ({
  name: "load-balancer",
  delayMs: 50,
  keysOf,
  reconcile: (context, key) => reconcile(context, key, cloud),
})
