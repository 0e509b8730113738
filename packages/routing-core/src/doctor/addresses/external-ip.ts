import { canonicalIP } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { addressKey, rivalsText } from "../survey/claims.ts"
import type { Subject } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { field, listed, portText } from "../text.ts"

/** kubelet and kube-proxy's healthz; the API server's port is that of Service kubernetes. */
const NODE_PROGRAMS: readonly number[] = [22, 6443, 10250, 10256]

const insideCluster = ({ indexes, claims }: Survey, ip: string): string | undefined => {
  const [owner] = claims.clusterIPs.get(ip) ?? []
  if (owner) return `the cluster IP of Service ${owner.namespace}/${owner.name}`
  const pod = indexes.podsByIP.get(ip)?.[0]
  if (pod) return `the address of pod ${pod.namespace}/${pod.name}`
  if (indexes.serviceCIDR.contains(ip)) return "an address of the service range"
  return indexes.clusterCIDR.contains(ip) ? "an address of the pod network" : undefined
}

const onNode = (subject: Subject, survey: Survey, ip: string, path: string) => {
  const node = survey.indexes.nodesByIP.get(ip)?.find((each) => each.internalIP === ip)
  if (!node) return NOTHING
  const cut = subject.entry.ports.flatMap(({ port, protocol }) => {
    const holders = survey.nodeSockets.onNode.get(`${node.name} ${protocol} ${port.port}`) ?? []
    const [holder] = holders
    if (holder) return [`${port.port} (pod ${holder.pod.namespace}/${holder.pod.name})`]
    return protocol === "TCP" && NODE_PROGRAMS.includes(port.port) ? [`${port.port} (the node's own)`] : []
  })
  if (cut.length === 0)
    return [
      found(subject, "note", "external-ip-of-node", {
        ...field(path, ip),
        message: `External IP ${ip} is the address of ${node.name}: traffic to its ${listed(subject.entry.ports.map(({ port }) => portText(port)))} goes to the Service, on every node.`,
        fix: "Nothing has to change as long as no program of that node is to answer there.",
        rule: "R50",
      }),
    ]
  return [
    found(subject, "warning", "external-ip-of-node", {
      ...field(path, ip),
      message: `External IP ${ip} is the address of ${node.name}: the Service takes over its port ${listed(cut)}, which others use.`,
      fix: "Use another port, or an address that no machine has.",
      rule: "R50",
    }),
  ]
}

/** External IPs that belong to somebody else already. */
export const externalIPs: ServiceCheck = (subject, survey) => {
  if (subject.kind !== "proxied") return NOTHING
  return (subject.service.spec.externalIPs ?? []).flatMap((text, index) => {
    const ip = canonicalIP(text)
    const path = `spec.externalIPs[${index}]`
    if (ip === undefined) return NOTHING
    const rivals = rivalsText(
      subject,
      subject.entry.ports.map(({ port, protocol }) =>
        survey.claims.outsideAddresses.get(addressKey(protocol, ip, port.port)),
      ),
    )
    const owner = insideCluster(survey, ip)
    return [
      ...(rivals !== undefined
        ? [
            found(subject, "error", "external-ip-taken", {
              ...field(path, ip),
              message: `External IP ${ip} and the same port are wanted by ${rivals} too; only one of them gets the traffic.`,
              fix: "Give each Service an address, or a port, of its own.",
              rule: "R50",
            }),
          ]
        : []),
      ...(owner
        ? [
            found(subject, "warning", "external-ip-inside-cluster", {
              ...field(path, ip),
              message: `External IP ${ip} is ${owner}; the Service takes traffic that is meant for it.`,
              fix: "Use an address that the network routes to a node and that is neither a pod's nor a Service's.",
              rule: "R50",
            }),
          ]
        : []),
      ...onNode(subject, survey, ip, path),
    ]
  })
}
