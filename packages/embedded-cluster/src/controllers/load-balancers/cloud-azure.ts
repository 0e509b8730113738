import { err, ok, type Result, type Service } from "@pilotage/kube-model"
import { keyOf } from "../../engine/controller.ts"
import { type AddressBlock, addressesOf, firstAddress, isIn, takenAddresses } from "./address-block.ts"
import { type AnnotationRules, anything, ignoredAnnotations, oneOf } from "./annotation-check.ts"
import type { LoadBalancerEnvironment } from "./environment.ts"
import { serviceController } from "./service-controller.ts"

const PREFIX = "service.beta.kubernetes.io/azure-"
const PUBLIC: AddressBlock = { from: "198.51.100.10", size: 200 }
const NETWORK = "pilotage-vnet"
/** The virtual network's subnets; without the annotation the nodes' own one is taken. */
const SUBNETS: ReadonlyMap<string, AddressBlock> = new Map([
  ["nodes-subnet", { from: "172.18.200.10", size: 200 }],
  ["apps-subnet", { from: "172.18.201.10", size: 200 }],
])
/** Public addresses that somebody has made and named before. */
const NAMED: ReadonlyMap<string, string> = new Map([["myPublicIP", "198.51.100.250"]])

const RULES: AnnotationRules = {
  prefixes: [PREFIX],
  checks: new Map([
    [`${PREFIX}load-balancer-internal`, oneOf("true", "false")],
    [`${PREFIX}load-balancer-internal-subnet`, anything],
    [`${PREFIX}load-balancer-ipv4`, anything],
    [`${PREFIX}load-balancer-resource-group`, anything],
    [`${PREFIX}load-balancer-health-probe-protocol`, oneOf("tcp", "http", "https")],
    [`${PREFIX}load-balancer-health-probe-request-path`, anything],
    [`${PREFIX}load-balancer-health-probe-interval`, anything],
    [`${PREFIX}load-balancer-health-probe-num-of-probe`, anything],
    [`${PREFIX}load-balancer-tcp-idle-timeout`, anything],
    [`${PREFIX}load-balancer-disable-tcp-reset`, oneOf("true", "false")],
    [`${PREFIX}dns-label-name`, anything],
    [`${PREFIX}pip-name`, anything],
    [`${PREFIX}pip-prefix-id`, anything],
    [`${PREFIX}pip-tags`, anything],
    [`${PREFIX}shared-securityrule`, oneOf("true", "false")],
    [`${PREFIX}allowed-service-tags`, anything],
    [`${PREFIX}allowed-ip-ranges`, anything],
  ]),
}

/** Where a Service's address comes from, and the one that it must be; or why nowhere, in the provider's words. */
const sourceOf = (
  service: Service,
): Result<{ readonly block: AddressBlock; readonly wish: string | undefined }, string> => {
  const said = (name: string): string => service.metadata.annotations?.[`${PREFIX}${name}`] ?? ""
  const wish = said("load-balancer-ipv4") || service.spec.loadBalancerIP || undefined
  const key = keyOf(service)
  if (said("load-balancer-internal") === "true") {
    const name = said("load-balancer-internal-subnet") || "nodes-subnet"
    const block = SUBNETS.get(name)
    return block
      ? ok({ block, wish })
      : err(`ensure(${key}): lb(kubernetes-internal) - failed to get subnet: ${NETWORK}/${name}`)
  }
  const name = said("pip-name")
  if (name === "") return ok({ block: PUBLIC, wish })
  const named = NAMED.get(name)
  return named === undefined
    ? err(`PublicIP from annotation azure-pip-name(-IPv6)=${name} for service ${key} doesn't exist`)
    : ok({ block: { from: named, size: 1 }, wish: undefined })
}

/** Azure's Standard Load Balancer: an address, which kube-proxy owns on every node. */
export const cloudAzure: LoadBalancerEnvironment = {
  summary: "an address after 12 to 30 s, as in AKS; internal by annotation",
  network: { loadBalancer: "vip" },
  dollarsPerHour: 0.025,
  controllers: [
    serviceController({
      provisionMs: (random) => 12_000 + random.below(18_000),
      ensure(view, service) {
        const source = sourceOf(service)
        if (!source.ok) return source
        const { block, wish } = source.value
        const taken = takenAddresses(view, service)
        const isFree = (ip: string): boolean => isIn(block, ip) && !taken.has(ip)
        if (wish !== undefined)
          return isFree(wish)
            ? ok({ ip: wish, ipMode: "VIP" })
            : err(`user supplied IP Address ${wish} was not found in resource group pilotage-rg`)
        const ip = addressesOf(service).find(isFree) ?? firstAddress(block, isFree)
        return ip === undefined
          ? err(`ensure(${keyOf(service)}): no address is free in ${NETWORK}`)
          : ok({ ip, ipMode: "VIP" })
      },
      complaints: (service) => ignoredAnnotations(service, RULES),
    }),
  ],
}
