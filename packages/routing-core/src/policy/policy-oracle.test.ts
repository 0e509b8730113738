import {
  createRandom,
  type LabelSelector,
  type LabelSelectorRequirement,
  type NetworkPolicy,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  type Protocol,
  type Random,
} from "@pilotage/kube-model"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { PodFacts } from "../state.ts"
import { compile } from "../table/compile.ts"
import { indexesOf } from "../table/compiled-table.ts"
import { pod, stateOf } from "../testing/world.ts"
import { isAllowed, judgeConnection } from "./judgement.ts"
import { deniedFlows, type Universe } from "./policy-oracle.ts"

const SPACES = ["shop", "ops"] as const
const APPS = ["web", "db"] as const
const NAMES = ["http", "dns"] as const
const PROTOCOLS = ["TCP", "UDP"] as const
const NUMBERS = [53, 80, 8080] as const
const BLOCKS = ["0.0.0.0/0", "10.244.0.0/16", "10.244.1.0/24", "203.0.113.0/25", "fd00:9::/64", "::/0"] as const

/** A list of up to `most`, or none at all. */
const some = <T>(random: Random, most: number, make: () => T): readonly T[] | undefined => {
  const count = random.below(most + 2) - 1
  return count < 0 ? undefined : Array.from({ length: count }, make)
}

const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

const requirement = (random: Random, key: string): LabelSelectorRequirement => {
  const operator = random.pick<LabelSelectorRequirement["operator"]>(["In", "NotIn", "Exists", "DoesNotExist"])
  return operator.endsWith("In")
    ? { key, operator, values: some(random, 2, () => random.pick(APPS)) ?? [] }
    : { key, operator }
}

const selector = (random: Random, keys: readonly [string, ...string[]]): LabelSelector =>
  random.below(3) === 0
    ? {}
    : random.below(2) === 0
      ? { matchLabels: { [random.pick(keys)]: random.pick(APPS) } }
      : { matchExpressions: some(random, 2, () => requirement(random, random.pick(keys))) ?? [] }

const peer = (random: Random): NetworkPolicyPeer => {
  if (random.below(3) === 0)
    return {
      ipBlock: present({ cidr: random.pick(BLOCKS), except: some(random, 2, () => random.pick(BLOCKS)) }) as {
        cidr: string
      },
    }
  const pods = { podSelector: selector(random, ["app", "tier"]) }
  const spaces = { namespaceSelector: selector(random, ["team", "kubernetes.io/metadata.name"]) }
  return random.pick<NetworkPolicyPeer>([pods, spaces, { ...pods, ...spaces }])
}

const port = (random: Random): NetworkPolicyPort => {
  const protocol = random.below(3) === 0 ? {} : { protocol: random.pick(PROTOCOLS) }
  const number = random.pick(NUMBERS)
  return {
    ...protocol,
    ...random.pick<NetworkPolicyPort>([
      {},
      { port: random.pick(NAMES) },
      { port: number },
      { port: number, endPort: random.pick([number - 1, number + 5, ...NUMBERS]) },
    ]),
  }
}

const policy = (random: Random, index: number): NetworkPolicy => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: `p-${index}`, namespace: random.pick(SPACES) },
  spec: present({
    podSelector: random.below(4) === 0 ? undefined : selector(random, ["app", "tier"]),
    policyTypes: random.pick([undefined, ["Ingress"], ["Egress"], ["Ingress", "Egress"]] as const),
    ingress: some(random, 2, () =>
      present({ from: some(random, 2, () => peer(random)), ports: some(random, 2, () => port(random)) }),
    ),
    egress: some(random, 2, () =>
      present({ to: some(random, 2, () => peer(random)), ports: some(random, 2, () => port(random)) }),
    ),
  }),
})

const somePod = (random: Random, index: number): PodFacts =>
  pod(`pod-${index}`, index % 3 === 2 ? `fd00:9::${index}` : `10.244.${index + 1}.5`, random.pick(APPS), {
    namespace: random.pick(SPACES),
    nodeName: `own-${index}`,
    labels: { app: random.pick(APPS), ...(random.below(2) ? { tier: random.pick(APPS) } : {}) },
    declaredPorts: NAMES.map((name) => ({ name, port: random.pick(NUMBERS), protocol: random.pick(PROTOCOLS) })),
  })

const STRANGERS = ["203.0.113.7", "203.0.113.200", "fd00:9::99", "2001:db8::1"]

const universeOf = (random: Random): Universe => ({
  pods: Array.from({ length: 4 }, (_, index) => somePod(random, index)),
  namespaces: SPACES.map((name) => ({ name, labels: random.below(2) ? { team: random.pick(APPS) } : {} })),
  strangers: STRANGERS,
  ports: PROTOCOLS.flatMap((protocol) => NUMBERS.map((number) => `${protocol}:${number}`)),
})

test("random policies over random pods: the evaluator and the flows written down one by one agree", () => {
  let denials = 0
  let passes = 0
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
      const random = createRandom(seed)
      const universe = universeOf(random)
      const policies = Array.from({ length: random.below(4) }, (_, index) => policy(random, index))
      const table = compile({
        ...stateOf({ pods: universe.pods, nodes: [] }),
        networkPolicies: policies,
        namespaces: universe.namespaces,
      })
      if (!table.ok) throw new Error(table.error.path)
      const indexes = indexesOf(table.value)
      const denied = deniedFlows(universe, policies)
      const ends = [...universe.pods.map((each) => ({ pod: each })), ...STRANGERS.map((ip) => ({ ip }))]
      for (let round = 0; round < 36; round += 1) {
        const source = ends[random.below(ends.length)] ?? {}
        const destination = ends[random.below(ends.length)] ?? {}
        const [protocol, number] = random.pick(universe.ports as [string, ...string[]]).split(":")
        const connection = { source, destination, port: Number(number), protocol: protocol as Protocol }
        const text = (end: { pod?: PodFacts; ip?: string }): string =>
          end.pod ? `${end.pod.namespace}/${end.pod.name}` : (end.ip ?? "")
        const flow = `${text(source)}>${text(destination)}:${protocol}:${number}`
        expect(isAllowed(indexes, connection), flow).toBe(!denied.has(flow))
        expect(judgeConnection(indexes, connection).allowed, flow).toBe(!denied.has(flow))
        if (denied.has(flow)) denials += 1
        else passes += 1
      }
    }),
    { seed: 80, numRuns: 700 },
  )
  expect(Math.min(denials, passes)).toBeGreaterThan(4000)
})
