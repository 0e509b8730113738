import { formatIPv4, parseIPv4, type Service } from "@pilotage/kube-model"
import { type ControllerView, keyOf } from "../../engine/controller.ts"

/** Addresses that follow one another. */
export interface AddressBlock {
  readonly from: string
  readonly size: number
}

const addressAt = ({ from }: AddressBlock, offset: number): string => formatIPv4((parseIPv4(from) ?? 0) + offset)

export const isIn = (block: AddressBlock, ip: string): boolean => {
  const offset = (parseIPv4(ip) ?? -1) - (parseIPv4(block.from) ?? 0)
  return offset >= 0 && offset < block.size
}

/** `172.18.255.200-172.18.255.250`. */
export const blockText = (block: AddressBlock): string => `${block.from}-${addressAt(block, block.size - 1)}`

/** Is a Service one for the controllers that serve every class-less one? */
export const isBalanced = ({ spec }: Service): boolean =>
  spec.type === "LoadBalancer" && spec.loadBalancerClass === undefined

export const addressesOf = (service: Service): readonly string[] =>
  service.status?.loadBalancer?.ingress?.flatMap(({ ip }) => ip ?? []) ?? []

/** Addresses that load balancers of other Services have. */
export const takenAddresses = (view: ControllerView, service: Service): ReadonlySet<string> => {
  const key = keyOf(service)
  return new Set(view.list("services").flatMap((other) => (keyOf(other) === key ? [] : addressesOf(other))))
}

/** The first address of a block that fits; undefined when none does. */
export const firstAddress = (block: AddressBlock, fits: (ip: string) => boolean): string | undefined => {
  for (let offset = 0; offset < block.size; offset += 1) {
    const ip = addressAt(block, offset)
    if (fits(ip)) return ip
  }
  return undefined
}
