import { blockText } from "./address-block.ts"
import type { LoadBalancerEnvironment } from "./environment.ts"
import { POOL } from "./metallb-allocation.ts"
import { metallbController } from "./metallb-controller.ts"
import { metallbSpeaker } from "./metallb-speaker.ts"

/** MetalLB 0.15 in layer 2. */
export const metallb: LoadBalancerEnvironment = {
  summary: `pool "${POOL.name}", ${blockText(POOL.block)}: one node announces each`,
  network: { loadBalancer: "metallb" },
  controllers: [metallbController, metallbSpeaker],
}
