import { err, ok, type Service } from "@pilotage/kube-model"
import { addressesOf, firstAddress, isIn, takenAddresses } from "./address-block.ts"
import { type AnnotationRules, anything, ignoredAnnotations, oneOf } from "./annotation-check.ts"
import type { LoadBalancerEnvironment } from "./environment.ts"
import { serviceController } from "./service-controller.ts"

const PUBLIC = { from: "198.51.100.10", size: 200 }
/** Of the subnet that the nodes are in. */
const INTERNAL = { from: "172.18.200.10", size: 200 }

const TYPES = ["networking.gke.io/load-balancer-type", "cloud.google.com/load-balancer-type"] as const

/** The old annotation is also taken in lower case (cloud-provider-gcp gce_annotations.go GetLoadBalancerAnnotationType). */
const RULES: AnnotationRules = {
  prefixes: ["networking.gke.io/load-balancer-", "networking.gke.io/internal-load-balancer-"],
  checks: new Map([
    [TYPES[0], oneOf("Internal", "internal", "External")],
    [TYPES[1], oneOf("Internal", "internal", "External")],
    ["networking.gke.io/internal-load-balancer-allow-global-access", oneOf("true", "false")],
    ["networking.gke.io/internal-load-balancer-subnet", anything],
    ["networking.gke.io/load-balancer-ip-addresses", anything],
    ["cloud.google.com/backend-config", anything],
    ["cloud.google.com/neg", anything],
    ["cloud.google.com/neg-status", anything],
    ["cloud.google.com/l4-rbs", anything],
    ["cloud.google.com/app-protocols", anything],
    ["cloud.google.com/network-tier", oneOf("Standard", "Premium")],
  ]),
}

const isInternal = ({ metadata }: Service): boolean =>
  TYPES.some((key) => metadata.annotations?.[key]?.toLowerCase() === "internal")

/** Google's passthrough Network Load Balancers: an address, which kube-proxy owns on every node. */
export const cloudGcp: LoadBalancerEnvironment = {
  summary: "an address after 35 to 55 s, as in GKE; internal by annotation",
  network: { loadBalancer: "vip" },
  dollarsPerHour: 0.025,
  controllers: [
    serviceController({
      provisionMs: (random) => 35_000 + random.below(20_000),
      ensure(view, service) {
        const taken = takenAddresses(view, service)
        const block = isInternal(service) ? INTERNAL : PUBLIC
        const wish = service.spec.loadBalancerIP
        if (wish)
          return isIn(block, wish) && !taken.has(wish)
            ? ok({ ip: wish, ipMode: "VIP" })
            : err(`requested ip ${JSON.stringify(wish)} is neither static nor assigned to the LB`)
        const now = addressesOf(service).find((ip) => isIn(block, ip))
        const ip = now ?? firstAddress(block, (each) => !taken.has(each))
        return ip === undefined
          ? err("googleapi: Error 403: QUOTA_EXCEEDED - Quota 'IN_USE_ADDRESSES' exceeded.")
          : ok({ ip, ipMode: "VIP" })
      },
      complaints: (service) => ignoredAnnotations(service, RULES),
    }),
  ],
}
