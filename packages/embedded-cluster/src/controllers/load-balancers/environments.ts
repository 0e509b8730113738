import { cloudAws } from "./cloud-aws.ts"
import { cloudAzure } from "./cloud-azure.ts"
import { cloudGcp } from "./cloud-gcp.ts"
import type { LoadBalancerEnvironment, LoadBalancerName } from "./environment.ts"
import { metallb } from "./metallb.ts"
import { proxy, vip } from "./plain.ts"

const none: LoadBalancerEnvironment = {
  summary: "EXTERNAL-IP stays <pending>",
  network: {},
  controllers: [],
}

/** All there are, by the names under which a cluster asks for them. */
export const loadBalancerEnvironments: Readonly<Record<LoadBalancerName, LoadBalancerEnvironment>> = {
  none,
  metallb,
  "cloud-aws": cloudAws,
  "cloud-gcp": cloudGcp,
  "cloud-azure": cloudAzure,
  vip,
  proxy,
}
