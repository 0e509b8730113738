import type { Origin } from "@pilotage/routing-core"
import type { Manifests } from "./manifests.ts"
import type { Meta } from "./meta.ts"

/** Who `pod ca (rec-worker)`, `node rec-worker2` or `outside container` is. Undefined: a place that we do not know. */
export type FindOrigin = (source: string) => Origin | undefined

/** What the backends saw of a source tells its own address, when nobody rewrote it: the one that is no node's. */
export type Seen = (source: string) => readonly string[]

const inBlock = (ip: string, last: string): string => `${ip.split(".").slice(0, 3).join(".")}.${last}`

export const originsOf = (meta: Meta, manifests: Manifests, seen: Seen): FindOrigin => {
  const { namespace, pods } = manifests
  const nodeAddresses = Object.values(meta.nodes)
  const nodeIP = nodeAddresses[0] ?? "172.18.0.2"
  const ownAddress = (source: string): string | undefined =>
    seen(source).find(
      (ip) => ip.startsWith(`${nodeIP.split(".").slice(0, 2).join(".")}.`) && !nodeAddresses.includes(ip),
    )
  const pod = (name: string): Origin | undefined =>
    pods.some(({ metadata }) => metadata.name === name) ? { kind: "pod", namespace, name } : undefined
  return (source) => {
    const [, kind, name] = /^(hostNetwork pod|pod|node) (\S+)/.exec(source) ?? []
    if (kind === "node" && name !== undefined)
      return meta.nodes[name] === undefined ? undefined : { kind: "node", name }
    if (kind === "pod" && name !== undefined) return pod(name)
    if (kind === "hostNetwork pod" && name !== undefined) {
      const onNode = /^\((.+)\)$/.exec(name)?.[1]
      const named =
        onNode === undefined
          ? name
          : pods.find((each) => each.spec.hostNetwork && each.spec.nodeName === onNode)?.metadata.name
      return named === undefined ? undefined : pod(named)
    }
    if (source === "docker host") return { kind: "outside", ip: ownAddress(source) ?? inBlock(nodeIP, "1") }
    if (source.startsWith("container on"))
      return { kind: "node-network", ip: ownAddress(source) ?? inBlock(nodeIP, "254") }
    if (source === "outside container") return meta.outside && { kind: "node-network", ip: meta.outside.ip }
    return undefined
  }
}
