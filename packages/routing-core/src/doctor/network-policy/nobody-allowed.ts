import type { NetworkPolicy, Protocol } from "@pilotage/kube-model"
import { isAllowed } from "../../policy/judgement.ts"
import { isolatingPolicies } from "../../policy/passage.ts"
import { rulesOf } from "../../policy/policy-reading.ts"
import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { podBehind } from "../ports/closed-port.ts"
import { allowance, remembered } from "../survey/remembered.ts"
import { usedEndpoints } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { labelsText, listed, portText } from "../text.ts"

/** So many kinds of clients are tried; where there are more, nothing is said. */
const MOST_CLIENTS = 1000

/** One pod for all that policies cannot tell apart: same namespace, same labels. */
const clientKinds = ({ clientsByNode }: Survey): readonly PodFacts[] => {
  const kinds = new Map<string, PodFacts>()
  for (const pods of clientsByNode.values())
    for (const pod of pods) kinds.set(`${pod.namespace} ${labelsText(pod.labels)}`, pod)
  return [...kinds.values()]
}

const clientsOf = remembered(clientKinds)

/** Clients' own policies may tell servers apart by address. */
const hasBlocks = remembered(({ indexes }: Survey): boolean =>
  indexes.networkPolicies
    .entries()
    .some(([, policy]) => rulesOf(policy, "egress").some((rule) => rule.peers?.some((peer) => peer.ipBlock))),
)

/** So many connections are judged, times the policies that isolate the server; then nothing more is said. */
const MOST_JUDGED = 200_000

interface Verdicts {
  /** By what policies can see of the server and the port. */
  readonly known: Map<string, boolean>
  readonly mayJudge: (cost: number) => boolean
}

const verdictsOf = remembered((_: Survey): Verdicts => ({ known: new Map(), mayJudge: allowance(MOST_JUDGED) }))

/** Does any kind of client get through to this port of the pod? Undefined: there is none, or too many to try. */
const isReached = (
  survey: Survey,
  pod: PodFacts,
  kind: string,
  { port, protocol, policies }: { readonly port: number; readonly protocol: Protocol; readonly policies: number },
): boolean | undefined => {
  const all = clientsOf(survey)
  if (all.length > MOST_CLIENTS) return undefined
  const { known, mayJudge } = verdictsOf(survey)
  const key = `${pod.namespace} ${kind} ${port} ${protocol} ${JSON.stringify(pod.declaredPorts)} ${hasBlocks(survey) ? pod.ip : ""}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (!mayJudge(all.length * policies)) return undefined
  const clients = all.filter((client) => client !== pod && labelsText(client.labels) !== kind)
  if (clients.length === 0) return undefined
  const connection = { destination: { pod }, port, protocol }
  const reached = clients.some((client) => isAllowed(survey.indexes, { source: { pod: client }, ...connection }))
  known.set(key, reached)
  return reached
}

/** Somebody who is no pod may be let in: then the policies are meant for those. */
const allowsAddresses = (policies: readonly NetworkPolicy[]): boolean =>
  policies.some((policy) => rulesOf(policy, "ingress").some((rule) => rule.peers?.some((peer) => peer.ipBlock)))

/** NetworkPolicies that let no pod of the cluster through to a Service's endpoints. */
export const nobodyAllowed: ServiceCheck = (subject, survey) => {
  const { indexes } = survey
  if (subject.kind !== "proxied" && subject.kind !== "headless") return NOTHING
  if (indexes.networkPolicies.size === 0 || indexes.config.networkPolicies === "ignored") return NOTHING
  return subject.entry.ports.flatMap((port) => {
    const judged = new Set<string>()
    let shut: readonly NetworkPolicy[] = []
    for (const endpoint of usedEndpoints(port)) {
      const pod = podBehind(survey, endpoint)
      if (!pod || pod.hostNetwork) return NOTHING
      const kind = labelsText(pod.labels)
      if (judged.has(kind)) continue
      judged.add(kind)
      const policies = isolatingPolicies(indexes, pod, "ingress")
      if (policies.length === 0 || allowsAddresses(policies)) return NOTHING
      const connection = { port: endpoint.port, protocol: port.protocol, policies: policies.length }
      if (isReached(survey, pod, kind, connection) !== false) return NOTHING
      shut = policies
    }
    const [policy] = shut
    if (!policy) return NOTHING
    const names = listed(shut.map((each) => each.metadata.name))
    return [
      {
        ...found(subject, "error", "network-policy-nobody-allowed", {
          path: "spec.ingress",
          message: `No pod of the cluster may reach ${portText(port.port)}: NetworkPolicy ${names} ${shut.length === 1 ? "isolates" : "isolate"} its pods, and ${shut.length === 1 ? "no rule lets" : "no rule of them lets"} any pod that runs through. Requests get no answer.`,
          fix: `Let a rule of NetworkPolicy ${policy.metadata.name} name the clients, and the port on which the pods listen.`,
          command: `kubectl describe networkpolicy ${policy.metadata.name} -n ${subject.namespace}`,
          rule: "R81",
        }),
        object: { kind: "NetworkPolicy", namespace: subject.namespace, name: policy.metadata.name },
        service: subject.ref,
      },
    ]
  })
}
