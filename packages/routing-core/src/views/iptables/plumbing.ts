import type { ProxySettings } from "./proxy-settings.ts"
import { type IptablesLine, lineText, type RuleParts, type Table } from "./rule-line.ts"

const PORTALS = "kubernetes service portals"
const EXTERNAL = "kubernetes externally-visible service portals"
const FIREWALL = "kubernetes load balancer firewall"
const NEW = ["-m conntrack --ctstate NEW"]

/** A jump of a built-in chain looks at the state of the connection before its comment. */
const jump = (chain: string, to: string, comment: string, fresh = true): IptablesLine => ({
  table: "filter",
  chain,
  text: `-A ${chain} ${fresh ? `${NEW} ` : ""}-m comment --comment "${comment}" -j ${to}`,
  role: "plumbing",
})

const line = (table: Table, chain: string, parts: RuleParts): IptablesLine => ({
  table,
  chain,
  text: lineText(chain, parts),
  role: "plumbing",
})

const MASQUERADE_MARK = "0x4000"

/** Lines of the filter table that are there without any Service. KUBE-FIREWALL is the kubelet's too; for IPv6 it is empty. */
export const filterPlumbing = ({ family, localhostNodePorts }: ProxySettings): readonly IptablesLine[] => [
  jump("INPUT", "KUBE-PROXY-FIREWALL", FIREWALL),
  jump("INPUT", "KUBE-NODEPORTS", "kubernetes health check service ports", false),
  jump("INPUT", "KUBE-EXTERNAL-SERVICES", EXTERNAL),
  line("filter", "INPUT", { target: "KUBE-FIREWALL" }),
  jump("FORWARD", "KUBE-PROXY-FIREWALL", FIREWALL),
  jump("FORWARD", "KUBE-FORWARD", "kubernetes forwarding rules", false),
  jump("FORWARD", "KUBE-SERVICES", PORTALS),
  jump("FORWARD", "KUBE-EXTERNAL-SERVICES", EXTERNAL),
  jump("OUTPUT", "KUBE-PROXY-FIREWALL", FIREWALL),
  jump("OUTPUT", "KUBE-SERVICES", PORTALS),
  line("filter", "OUTPUT", { target: "KUBE-FIREWALL" }),
  ...(family === "IPv4" && localhostNodePorts
    ? [
        line("filter", "KUBE-FIREWALL", {
          notSource: "127.0.0.0/8",
          destination: "127.0.0.0/8",
          comment: "block incoming localnet connections",
          matches: ["-m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT"],
          target: "DROP",
        }),
      ]
    : []),
  line("filter", "KUBE-FORWARD", {
    matches: ["-m conntrack --ctstate INVALID", "-m nfacct --nfacct-name  ct_state_invalid_dropped_pkts"],
    target: "DROP",
  }),
  line("filter", "KUBE-FORWARD", {
    comment: "kubernetes forwarding rules",
    matches: [`-m mark --mark ${MASQUERADE_MARK}/${MASQUERADE_MARK}`],
    target: "ACCEPT",
  }),
  line("filter", "KUBE-FORWARD", {
    comment: "kubernetes forwarding conntrack rule",
    matches: ["-m conntrack --ctstate RELATED,ESTABLISHED"],
    target: "ACCEPT",
  }),
]

/** Lines of the nat table that are there without any Service, but for the jump to the node ports. */
export const natPlumbing = (): readonly IptablesLine[] => [
  line("nat", "PREROUTING", { comment: PORTALS, target: "KUBE-SERVICES" }),
  line("nat", "OUTPUT", { comment: PORTALS, target: "KUBE-SERVICES" }),
  line("nat", "POSTROUTING", { comment: "kubernetes postrouting rules", target: "KUBE-POSTROUTING" }),
  line("nat", "KUBE-MARK-MASQ", { target: `MARK --set-xmark ${MASQUERADE_MARK}/${MASQUERADE_MARK}` }),
  line("nat", "KUBE-POSTROUTING", {
    matches: [`-m mark ! --mark ${MASQUERADE_MARK}/${MASQUERADE_MARK}`],
    target: "RETURN",
  }),
  line("nat", "KUBE-POSTROUTING", { target: `MARK --set-xmark ${MASQUERADE_MARK}/0x0` }),
  line("nat", "KUBE-POSTROUTING", {
    comment: "kubernetes service traffic requiring SNAT",
    target: "MASQUERADE --random-fully",
  }),
]

const LAST = "kubernetes service nodeports; NOTE: this must be the last rule in this chain"

/** The jump to the node ports: always the end of KUBE-SERVICES, so that addresses of Services come first. */
export const nodePortJumps = ({
  family,
  width,
  localhostNodePorts,
  nodePortIPs,
}: ProxySettings): readonly IptablesLine[] => {
  const to = (parts: RuleParts): IptablesLine => ({
    ...line("nat", "KUBE-SERVICES", { ...parts, comment: LAST, target: "KUBE-NODEPORTS" }),
    rule: "R18",
  })
  if (nodePortIPs !== "all") return nodePortIPs.map((ip) => to({ destination: `${ip}/${width}` }))
  const local = { matches: ["-m addrtype --dst-type LOCAL"] }
  if (family === "IPv6") return [to({ ...local, notDestination: "::1/128" })]
  return [to(localhostNodePorts ? local : { ...local, notDestination: "127.0.0.0/8" })]
}
