import type { NetworkPolicy, Service, ServiceSpec } from "@pilotage/kube-model"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { trace } from "../path/trace.ts"
import type { PodFacts, ProxyMode } from "../state.ts"
import { compile } from "../table/compile.ts"
import { shop, shopTable } from "../testing/shop.ts"
import { listens, pod, service, stateOf, tableOf, type World } from "../testing/world.ts"
import { diagnose } from "./diagnose.ts"
import { isAbout, isCollision } from "./diagnosed.ts"
import type { Finding } from "./finding.ts"
import { failedTraces } from "./observed-traces.ts"

const SEED = 20260105

/** Names outside the cluster resolve or not as the world around it likes. */
const leadsOutside = ({ spec }: Service): boolean =>
  spec.type === "ExternalName" && !spec.externalName?.endsWith(".svc.cluster.local")

const about = (findings: readonly Finding[], service: Service): readonly Finding[] =>
  findings.filter((each) => isAbout(each, service))

/** `web: error wrong-target-port, 0 of 12 requests fail`; undefined where doctor and trace agree. */
const disagreement = (world: World): readonly string[] => {
  const table = tableOf(world)
  const findings = diagnose(table)
  const results = table.state.services
    .filter((each) => !leadsOutside(each))
    .map((each) => ({ ...failedTraces(table, each), service: each, own: about(findings, each) }))
  const lost = new Set(
    results.flatMap(({ failed, own }) => (failed.length > 0 ? own.filter(isCollision).map(({ value }) => value) : [])),
  )
  return results.flatMap(({ service: each, own, asked, failed }) => {
    const errors = own.filter(({ severity }) => severity === "error")
    const isRight = errors.length === 0 || failed.length > 0 || errors.every((error) => lost.has(error.value))
    const isSilent = own.every(({ severity }) => severity === "note")
    if (isRight && (!isSilent || failed.length === 0)) return []
    const says = own.map(({ severity, code }) => `${severity} ${code}`).join(", ") || "nothing"
    const [first] = failed
    const example = first ? `, ${JSON.stringify(first.request)}: ${first.failure?.code}` : ""
    return [`${each.metadata.name}: ${says}; ${failed.length} of ${asked} requests fail${example}`]
  })
}

describe("the doctor and trace agree", () => {
  test("in the shop: an error where requests fail, and no word where all of them work", () => {
    expect(disagreement(shop)).toEqual([])
  })

  test("in any shop", () => {
    const app = fc.constantFrom("web", "db", "api")
    const socket = fc.record({
      address: fc.constantFrom("0.0.0.0" as const, "0.0.0.0" as const, "127.0.0.1" as const),
      port: fc.constantFrom(8080, 8080, 80),
    })
    const onePod = fc.record({
      app,
      node: fc.integer({ min: 1, max: 3 }),
      ready: fc.boolean(),
      terminating: fc.constantFrom(false, false, true),
      sockets: fc.array(socket, { maxLength: 2 }),
    })
    const oneService = fc.record({
      app,
      kind: fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer", "headless"),
      targetPort: fc.constantFrom(8080, 80),
      local: fc.constantFrom<Partial<ServiceSpec>>(
        {},
        {},
        { internalTrafficPolicy: "Local" },
        { externalTrafficPolicy: "Local" },
      ),
      nodePort: fc.integer({ min: 30_000, max: 30_003 }),
      clusterIP: fc.integer({ min: 20, max: 40 }),
      externalIP: fc.constantFrom(undefined, undefined, "172.18.255.220"),
      proxy: fc.boolean(),
    })
    const mode = fc.constantFrom<ProxyMode>("iptables", "nftables", "ipvs")
    fc.assert(
      fc.property(
        mode,
        fc.array(onePod, { minLength: 1, maxLength: 5 }),
        fc.array(oneService, { maxLength: 4 }),
        (proxyMode, pods, services) => {
          const running = pods.map(
            (each, index): PodFacts =>
              pod(`pod-${index}`, `10.244.${each.node}.${10 + index}`, each.app, {
                ready: each.ready,
                terminating: each.terminating,
                sockets: each.sockets.map(({ port, address }) => listens(port, address)),
              }),
          )
          const asked = services.map((each, index): Service => {
            const outside = each.kind === "NodePort" || each.kind === "LoadBalancer"
            const { externalTrafficPolicy, ...policies } = each.local
            return service(
              `service-${index}`,
              each.kind === "headless" ? "None" : `10.96.0.${each.clusterIP}`,
              {
                type: each.kind === "headless" ? "ClusterIP" : (each.kind as "ClusterIP" | "NodePort" | "LoadBalancer"),
                selector: { app: each.app },
                ports: [{ port: 80, targetPort: each.targetPort, ...(outside ? { nodePort: each.nodePort } : {}) }],
                ...(each.kind === "headless" ? {} : policies),
                ...(outside && externalTrafficPolicy ? { externalTrafficPolicy } : {}),
                ...(each.externalIP && each.kind !== "headless" ? { externalIPs: [each.externalIP] } : {}),
                ...(each.kind === "LoadBalancer" && externalTrafficPolicy
                  ? { healthCheckNodePort: 32_000 + index }
                  : {}),
              },
              each.kind === "LoadBalancer"
                ? { ip: `172.18.255.${200 + index}`, ...(each.proxy ? { ipMode: "Proxy" as const } : {}) }
                : undefined,
            )
          })
          const client = pod("client", "10.244.1.99", "client")
          expect(disagreement({ config: { proxyMode }, pods: [client, ...running], services: asked })).toEqual([])
        },
      ),
      { seed: SEED, numRuns: 200 },
    )
  })
})

test("policies that let nobody in: an error just where no other pod gets through", () => {
  const peer = fc.constantFrom("web", "db", "api", "client")
  const rule = fc.record({
    from: fc.option(fc.array(peer, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    port: fc.constantFrom(undefined, 8080, 80),
  })
  const policies = fc.array(fc.record({ app: fc.constantFrom("web", "db"), rules: fc.array(rule, { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  fc.assert(
    fc.property(policies, (written) => {
      const pods = ["web", "db", "client"].map((app, index) =>
        pod(app, `10.244.${index + 1}.11`, app, { sockets: [listens(8080)] }),
      )
      const services = ["web", "db"].map((app, index) => service(app, `10.96.0.${20 + index}`, { selector: { app } }))
      const networkPolicies = written.map(
        ({ app, rules }, index): NetworkPolicy => ({
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: { name: `policy-${index}`, namespace: "shop" },
          spec: {
            podSelector: { matchLabels: { app } },
            policyTypes: ["Ingress"],
            ingress: rules.map(({ from, port }) => ({
              ...(from ? { from: from.map((name) => ({ podSelector: { matchLabels: { app: name } } })) } : {}),
              ...(port ? { ports: [{ port }] } : {}),
            })),
          },
        }),
      )
      const table = compile({ ...stateOf({ pods, services }), networkPolicies })
      if (!table.ok) throw new Error(table.error.message)
      const shut = diagnose(table.value).flatMap(({ code, service: suffering }) =>
        code === "network-policy-nobody-allowed" ? [suffering?.name] : [],
      )
      const unreached = services.flatMap(({ metadata: { name }, spec }) =>
        pods.every(
          (each) =>
            each.name === name ||
            trace(table.value, {
              from: { kind: "pod", namespace: "shop", name: each.name },
              to: spec.clusterIP ?? "",
              port: 80,
              protocol: "TCP",
            }).verdict !== "delivered",
        )
          ? [name]
          : [],
      )
      expect(shut.toSorted()).toEqual(unreached.toSorted())
    }),
    { seed: SEED, numRuns: 200 },
  )
})

test("the shop's healthy Services have no finding beyond what they are there to show", () => {
  const healthy = ["web", "web-np", "web-lb", "web-lb-local", "web-proxy", "web-ext", "web-sticky", "agent", "alias"]
  expect(diagnose(shopTable).filter(({ object }) => healthy.includes(object.name))).toEqual([])
})
