import { canonicalIP, err, ok, type Result, type Service } from "@pilotage/kube-model"
import { type ControllerView, keyOf } from "../../engine/controller.ts"
import { type AddressBlock, addressesOf, firstAddress, isBalanced, isIn } from "./address-block.ts"

/** The IPAddressPool of the recorded cluster, and which addresses are in it. */
export const POOL = { name: "kind", block: { from: "172.18.254.1", size: 99 } satisfies AddressBlock }

/** As MetalLB reads them: the second prefix is the one of versions before 0.15. */
const annotation = ({ metadata }: Service, name: string): string =>
  metadata.annotations?.[`metallb.io/${name}`] ?? metadata.annotations?.[`metallb.universe.tf/${name}`] ?? ""

/** Go's %q of a list of addresses. */
export const listText = (ips: readonly string[]): string => `[${ips.map((ip) => JSON.stringify(ip)).join(" ")}]`

/** The addresses that a Service asks for; none when it does not mind. */
const wishOf = (service: Service): Result<readonly string[], string> => {
  const text = annotation(service, "loadBalancerIPs")
  const field = service.spec.loadBalancerIP ?? ""
  if (text !== "" && field !== "")
    return err("service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP")
  if (text === "" && field === "") return ok([])
  if (text === "") {
    const ip = canonicalIP(field)
    return ip === undefined ? err(`invalid spec.loadBalancerIP ${JSON.stringify(field)}`) : ok([ip])
  }
  const ips = text.split(",").flatMap((each) => canonicalIP(each.trim()) ?? [])
  return ips.length === text.split(",").length
    ? ok(ips)
    : err(`invalid metallb.io/loadBalancerIPs: ${JSON.stringify(text)}`)
}

/** Services that share an address say so with one key, and lead to the same pods if they are particular about nodes. */
const sharing = (service: Service): string | undefined => {
  const key = annotation(service, "allow-shared-ip")
  if (key === "") return undefined
  const { externalTrafficPolicy, selector } = service.spec
  return `${key}\n${externalTrafficPolicy === "Local" ? JSON.stringify(Object.entries(selector ?? {}).sort()) : ""}`
}

const portsOf = ({ spec }: Service): readonly string[] =>
  (spec.ports ?? []).map(({ protocol = "TCP", port }) => `${protocol}/${port}`)

/** Why a Service may not have an address beside those that have it; undefined when it may (MetalLB 0.15 internal/allocator). */
const conflict = (service: Service, ip: string, holders: readonly Service[]): string | undefined => {
  const key = sharing(service)
  if (holders.some((other) => key === undefined || sharing(other) !== key))
    return `can't change sharing key for ${JSON.stringify(keyOf(service))}, address also in use by ${holders.map(keyOf).join(",")}`
  const used = new Set(holders.flatMap(portsOf))
  const port = portsOf(service).find((each) => used.has(each))
  return port === undefined ? undefined : `port ${port} is already in use on ${JSON.stringify(ip)}`
}

/** Who has which address, but for this Service. */
const holdersOf = (view: ControllerView, service: Service): ReadonlyMap<string, readonly Service[]> => {
  const found = new Map<string, Service[]>()
  for (const other of view.list("services")) {
    if (!isBalanced(other) || keyOf(other) === keyOf(service)) continue
    for (const ip of addressesOf(other)) found.set(ip, [...(found.get(ip) ?? []), other])
  }
  return found
}

/** The addresses that a Service gets, or why it gets none, in MetalLB's words. `now`: those that it has already. */
export const allocate = (
  view: ControllerView,
  service: Service,
  now: readonly string[],
): Result<readonly string[], string> => {
  const wish = wishOf(service)
  if (!wish.ok) return wish
  const pool = annotation(service, "address-pool")
  const holders = holdersOf(view, service)
  const conflictAt = (ip: string): string | undefined => conflict(service, ip, holders.get(ip) ?? [])
  if (wish.value.length > 0) {
    if (wish.value.some((ip) => !isIn(POOL.block, ip))) return err(`${listText(wish.value)} is not allowed in config`)
    const [problem] = wish.value.flatMap((ip) => conflictAt(ip) ?? [])
    if (problem !== undefined) return err(problem)
    return pool === "" || pool === POOL.name
      ? wish
      : err(
          `requested loadBalancer IP(s) ${listText(wish.value)} is not compatible with requested address pool ${pool}`,
        )
  }
  if (pool !== "" && pool !== POOL.name) return err(`unknown pool ${JSON.stringify(pool)}`)
  if (now.length > 0 && now.every((ip) => isIn(POOL.block, ip) && conflictAt(ip) === undefined)) return ok(now)
  const ip = firstAddress(POOL.block, (each) => conflictAt(each) === undefined)
  if (ip !== undefined) return ok([ip])
  return err(pool === "" ? "no available IPs" : `no available IPs in pool ${JSON.stringify(pool)}`)
}
