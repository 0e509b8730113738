import type { PodFacts } from "../../state.ts"
import type { ClusterCheck } from "../check.ts"
import type { Finding } from "../finding.ts"
import { capital, field, podsText } from "../text.ts"

/** Pods with a host name in a subdomain that is no headless Service's: their names do not resolve. */
export const podSubdomains: ClusterCheck = ({ indexes, allPods }) => {
  const groups = new Map<string, PodFacts[]>()
  for (const pod of allPods) {
    if (!pod.hostname || !pod.subdomain || pod.terminating || !pod.ip) continue
    const key = `${pod.namespace}/${pod.subdomain}`
    const list = groups.get(key)
    if (list) list.push(pod)
    else groups.set(key, [pod])
  }
  return [...groups].flatMap(([key, pods]): readonly Finding[] => {
    const [first] = pods
    if (!first || indexes.services.get(key)) return []
    const { namespace, hostname, subdomain = "" } = first
    return [
      {
        code: "subdomain-without-service",
        severity: "warning",
        object: { kind: "Pod", namespace, name: first.name },
        ...field("spec.subdomain", subdomain),
        message: `${capital(podsText(pods))} ${pods.length === 1 ? "has" : "have"} the subdomain ${subdomain}, but there is no Service ${subdomain} in namespace ${namespace}: ${hostname}.${subdomain} does not resolve.`,
        fix: `Create a headless Service ${subdomain} in namespace ${namespace} that selects ${pods.length === 1 ? "it" : "them"}.`,
        command: `kubectl create service clusterip ${subdomain} --clusterip=None -n ${namespace}`,
        rule: "R8",
      },
    ]
  })
}
