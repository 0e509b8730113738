import { type CIDR, err, type InputError, ok, parseCIDR, type Result } from "@pilotage/kube-model"

/** Positions of lines are those in the text, from 0. */
interface VirtualServer {
  readonly line: number
  readonly realServers: readonly { readonly line: number; readonly endpoint: string }[]
}

/** By `tcp 10.96.0.10:53`. */
export type VirtualServers = ReadonlyMap<string, VirtualServer>

interface IPSet {
  readonly type: string
  /** Line of each entry. */
  readonly entries: ReadonlyMap<string, number>
  /** Entries that end with a block: what comes before it, and the block. */
  readonly blocks: readonly { readonly line: number; readonly before: string; readonly block: CIDR }[]
}

export type IPSets = ReadonlyMap<string, IPSet>

const wrong = (index: number, line: string): Result<never, InputError> =>
  err({ path: `line ${index + 1}`, message: `${JSON.stringify(line)} is not understood` })

const HEAD = /^(IP Virtual Server version|Prot LocalAddress:Port|\s+-> RemoteAddress:Port)/

/** Reads what `ipvsadm -Ln` prints: round robin, network address translation and weight 1 are all that kube-proxy asks for. */
export const parseVirtualServers = (text: string): Result<VirtualServers, InputError> => {
  const servers = new Map<string, VirtualServer>()
  let key: string | undefined
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "" || HEAD.test(line)) continue
    const [, protocol, address] = /^(TCP|UDP|SCTP) +(\S+) rr(?: persistent \d+)?$/.exec(line) ?? []
    const [, endpoint] = /^ {2}-> (\S+) +Masq +1 +\d+ +\d+ *$/.exec(line) ?? []
    if (protocol && address) {
      key = `${protocol.toLowerCase()} ${address}`
      // One address and port is one virtual server: of two Services that claim it, the first is it.
      if (!servers.has(key)) servers.set(key, { line: index, realServers: [] })
      else key = `${key} again ${index}`
    } else if (endpoint && key !== undefined) {
      const server = servers.get(key)
      if (server) servers.set(key, { ...server, realServers: [...server.realServers, { line: index, endpoint }] })
    } else return wrong(index, line)
  }
  return ok(servers)
}

/** Reads what `ipset save` prints of the sets that kube-proxy makes. */
export const parseIPSets = (text: string): Result<IPSets, InputError> => {
  const sets = new Map<string, { type: string; entries: Map<string, number>; blocks: IPSet["blocks"][number][] }>()
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue
    const [, created, type] =
      /^create (\S+) (bitmap:port|hash:ip|hash:ip,port|hash:ip,port,ip|hash:ip,port,net) \S.*$/.exec(line) ?? []
    const [, added, entry] = /^add (\S+) (\S+)$/.exec(line) ?? []
    const set = added === undefined ? undefined : sets.get(added)
    if (created && type) sets.set(created, { type, entries: new Map(), blocks: [] })
    else if (set && entry !== undefined) {
      set.entries.set(entry, index)
      if (set.type !== "hash:ip,port,net") continue
      const at = entry.lastIndexOf(",")
      const block = parseCIDR(entry.slice(at + 1))
      if (!block.ok) return wrong(index, line)
      set.blocks.push({ line: index, before: entry.slice(0, at), block: block.value })
    } else return wrong(index, line)
  }
  return ok(sets)
}
