import { err, ok } from "@pilotage/kube-model"
import { addressesOf, blockText, firstAddress, isIn, takenAddresses } from "./address-block.ts"
import type { LoadBalancerEnvironment } from "./environment.ts"
import { serviceController } from "./service-controller.ts"

const BLOCK = { from: "172.18.255.200", size: 51 }
/** From the Service to its address; facts: within 2 s. */
const PROVISION_MS = 1900

const controllers = (ipMode: "VIP" | "Proxy") => [
  serviceController({
    provisionMs: () => PROVISION_MS,
    ensure(view, service) {
      const taken = takenAddresses(view, service)
      const wish = service.spec.loadBalancerIP
      if (wish)
        return isIn(BLOCK, wish) && !taken.has(wish)
          ? ok({ ip: wish, ipMode })
          : err(`address ${wish} is not available`)
      const [now] = addressesOf(service)
      const ip = now ?? firstAddress(BLOCK, (each) => !taken.has(each))
      return ip === undefined ? err(`no address is free in ${blockText(BLOCK)}`) : ok({ ip, ipMode })
    },
  }),
]

/** A load balancer without peculiarities: an address of the nodes' network that kube-proxy owns. */
export const vip: LoadBalancerEnvironment = {
  summary: "addresses from 172.18.255.200 on, which every node's kube-proxy owns",
  network: { loadBalancer: "vip" },
  controllers: controllers("VIP"),
}

/** cloud-provider-kind: a machine of its own, which connects to node ports. */
export const proxy: LoadBalancerEnvironment = {
  summary: "the same with ipMode Proxy, as cloud-provider-kind does",
  network: { loadBalancer: "proxy" },
  controllers: controllers("Proxy"),
}
