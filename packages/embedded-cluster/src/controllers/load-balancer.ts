import { formatIPv4, type LoadBalancerIngress, parseIPv4, type Service } from "@pilotage/kube-model"
import {
  type Controller,
  type ControllerContext,
  type ControllerView,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
} from "../engine/controller.ts"
import type { Write } from "../store-types.ts"

const FINALIZER = "service.kubernetes.io/load-balancer-cleanup"
/** From the Service to its address; facts: within 2 s. */
const PROVISION_MS = 1900
const RELEASE_MS = 400
const POOL = { from: "172.18.255.200", size: 51 }

export interface LoadBalancerPlan {
  readonly ipMode: "VIP" | "Proxy"
}

const usedAddresses = (view: ControllerView, except: string): ReadonlySet<string> =>
  new Set(
    view
      .list("services")
      .filter((service) => keyOf(service) !== except)
      .flatMap((service) => service.status?.loadBalancer?.ingress?.flatMap(({ ip }) => ip ?? []) ?? []),
  )

const pool: readonly string[] = Array.from({ length: POOL.size }, (_, index) =>
  formatIPv4((parseIPv4(POOL.from) ?? 0) + index),
)

const chooseAddress = (view: ControllerView, service: Service): string | undefined => {
  const used = usedAddresses(view, keyOf(service))
  const wish = service.spec.loadBalancerIP
  if (wish) return pool.includes(wish) && !used.has(wish) ? wish : undefined
  return pool.find((ip) => !used.has(ip))
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

const assign = (view: ControllerView, service: Service, plan: LoadBalancerPlan, key: string): Outcome => {
  const ip = chooseAddress(view, service)
  if (ip === undefined) {
    const why = service.spec.loadBalancerIP
      ? `address ${service.spec.loadBalancerIP} is not available`
      : "no address is free in 172.18.255.200-172.18.255.250"
    return {
      writes: [],
      reports: [
        report(
          service,
          "SyncLoadBalancerFailed",
          `Error syncing load balancer: failed to ensure load balancer: ${why}`,
          "Warning",
        ),
      ],
      timers: [{ key: `${key}/assign`, afterMs: 5000 }],
    }
  }
  const ingress: LoadBalancerIngress = { ip, ipMode: plan.ipMode }
  return {
    writes: [
      {
        kind: "update",
        resource: "services",
        object: { ...service, status: { ...service.status, loadBalancer: { ingress: [ingress] } } },
      },
    ],
    reports: [report(service, "EnsuredLoadBalancer", "Ensured load balancer")],
  }
}

/** Key: `namespace/name`, with `/assign` or `/release` when the time for that has come. */
const reconcile = ({ view }: ControllerContext, key: string, plan: LoadBalancerPlan): Outcome => {
  const [namespace = "", name = "", step] = key.split("/")
  const service = view.get("services", namespace, name)
  if (!service) return NOTHING
  const base = `${namespace}/${name}`
  const isOurs = service.spec.type === "LoadBalancer" && service.spec.loadBalancerClass === undefined
  if (!isOurs || service.metadata.deletionTimestamp) return release(service, step === "release", base)
  const hasAddress = (service.status?.loadBalancer?.ingress ?? []).length > 0
  if (hasAddress) return NOTHING
  if (step === "assign") return assign(view, service, plan, base)
  const isNew = !service.metadata.finalizers?.includes(FINALIZER)
  const metadata = { ...service.metadata, finalizers: [...finalizersWithout(service), FINALIZER] }
  return {
    writes: isNew ? [{ kind: "update", resource: "services", object: { ...service, metadata } }] : [],
    reports: isNew ? [report(service, "EnsuringLoadBalancer", "Ensuring load balancer")] : [],
    timers: [{ key: `${base}/assign`, afterMs: PROVISION_MS }],
  }
}

/** Plays the cloud: an address for every Service of type LoadBalancer without a class (cloud-provider service controller). */
export const loadBalancerController = (plan: LoadBalancerPlan): Controller => ({
  name: "load-balancer",
  delayMs: 50,
  keysOf: (event) => {
    if (event.resource !== "services" || event.type === "DELETED") return []
    const service = event.object as Service
    return service.spec.type === "LoadBalancer" || service.metadata.finalizers?.includes(FINALIZER)
      ? [keyOf(service)]
      : []
  },
  reconcile: (context, key) => reconcile(context, key, plan),
})
