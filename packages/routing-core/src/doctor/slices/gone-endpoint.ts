import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { podBehind } from "../ports/closed-port.ts"
import { usedEndpoints } from "../survey/subject.ts"
import { counted, listed } from "../text.ts"

/** Endpoints that get traffic though nobody is there: the pod is gone or has another address, or its node is stopped. */
export const goneEndpoint: ServiceCheck = (subject, survey) => {
  const { entry, kind, namespace, name, ref } = subject
  const { indexes } = survey
  if (kind !== "proxied") return NOTHING
  const gone = new Map<string, string>()
  const stopped = new Map<string, string>()
  const used = new Set<string>()
  for (const port of entry.ports)
    for (const endpoint of usedEndpoints(port)) {
      used.add(endpoint.ip)
      const pod = podBehind(survey, endpoint)
      const node = pod?.nodeName === undefined ? undefined : indexes.nodes.get(pod.nodeName)
      if (node?.stopped) stopped.set(endpoint.ip, node.name)
      if (pod || !survey.podsKnown || !indexes.clusterCIDR.contains(endpoint.ip)) continue
      // The node's own address on the pod network is no pod's.
      if (indexes.nodesByIP.get(endpoint.ip)) continue
      const named = endpoint.podKey === undefined ? undefined : indexes.pods.get(endpoint.podKey)
      const [, podName] = endpoint.podKey?.split("/") ?? []
      gone.set(
        endpoint.ip,
        named?.ip
          ? `pod ${podName} has the address ${named.ip} now`
          : podName
            ? `pod ${podName} is gone`
            : "no pod has it",
      )
    }
  const slice = entry.slices.find((each) =>
    each.endpoints?.some((endpoint) => endpoint.addresses.some((ip) => gone.has(ip))),
  )
  const share = (count: number): string =>
    count === used.size ? "Every endpoint" : `${counted(count, "endpoint")} of ${used.size}`
  return [
    ...(gone.size > 0
      ? [
          {
            ...found(subject, "error", "pod-gone", {
              path: "endpoints",
              message: `${share(gone.size)} ${gone.size === 1 ? "leads" : "lead"} nowhere: ${listed([...gone].map(([ip, why]) => `${ip} (${why})`))}. Requests that go there get no answer.`,
              fix: "Take the address out of the EndpointSlice. If the EndpointSlice controller wrote it, find out why it is behind.",
              command: `kubectl get endpointslices -l kubernetes.io/service-name=${name} -n ${namespace} -o yaml`,
              rule: "R34",
            }),
            ...(slice ? { object: { kind: "EndpointSlice", namespace, name: slice.metadata.name }, service: ref } : {}),
          },
        ]
      : []),
    ...(stopped.size > 0
      ? [
          found(subject, "error", "node-stopped", {
            message: `${share(stopped.size)} ${stopped.size === 1 ? "is" : "are"} on a node that is stopped: ${listed([...stopped].map(([ip, node]) => `${ip} on ${node}`))}. Requests that go there get no answer.`,
            fix: `Start ${listed([...new Set(stopped.values())])}; about 40 s after a node stops answering its endpoints are taken out.`,
            command: "kubectl get nodes",
            rule: "R34",
          }),
        ]
      : []),
  ]
}
