import { join } from "node:path"
import { readCurriculum } from "@pilotage/lab-files"
import type { Lab } from "@pilotage/lab-kit"
import { diagnose, type Origin, type RoutingTable, trace } from "@pilotage/routing-core"
import { describe, expect, test } from "vitest"
import { tableAfter } from "./lab-states.ts"

const curriculum = readCurriculum(join(import.meta.dirname, "../../../../labs"))
if (!curriculum.ok) throw new Error(curriculum.error.map(({ message }) => message).join("\n"))
const labs = [...curriculum.value.labs.values()]

/** The lab's own Services and kube-dns, kubernetes beside them: `warning policy-local-no-endpoint tickets`. */
const said = (table: RoutingTable): readonly string[] =>
  diagnose(table).map(({ severity, code, object, service }) => `${severity} ${code} ${(service ?? object).name}`)

const lab = (id: string): Lab => {
  const found = labs.find((each) => each.id === id)
  if (!found) throw new Error(`there is no lab ${id}`)
  return found
}

/** What a linter can see of each state. The wrong answers that are missing here leave a sound cluster behind. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  "clusterip/start": ["error no-endpoints-selector-mismatch backend", "warning wrong-target-port backend"],
  "clusterip/select-by-release": ["warning selector-mixes-programs backend"],
  "nodeport/start": ["warning policy-local-no-endpoint tickets"],
  "nodeport/number-only": ["warning policy-local-no-endpoint tickets"],
  "nodeport/follow-the-pods": ["warning policy-local-no-endpoint tickets"],
  "loadbalancer/start": ["error wrong-target-port storefront", "warning load-balancer-pending storefront"],
  "loadbalancer/address-only": ["error wrong-target-port storefront"],
  "loadbalancer/wait": ["warning load-balancer-pending storefront"],
}

const states = (each: Lab): readonly (readonly [string, string])[] => [
  [`${each.id}/start`, ""],
  [`${each.id}/solution`, each.solution],
  ...each.wrong.map(({ name, script }) => [`${each.id}/${name}`, script] as const),
  ...each.alternatives.map(({ name, script }) => [`${each.id}/${name}`, script] as const),
]

const OUTSIDE: Origin = { kind: "outside", ip: "203.0.113.7" }

/** Does a request fail that a client of this Service would send: from a pod by name, from outside to a node or load balancer? */
const someRequestFails = (table: RoutingTable, key: string): boolean => {
  const { services, pods, nodes } = table.state
  const found = services.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key)
  const inside = pods.flatMap(({ namespace, name, ip, dnsPolicy }): readonly Origin[] =>
    ip && dnsPolicy !== "Default" ? [{ kind: "pod", namespace, name }] : [],
  )
  const fails = (from: Origin, to: string, port: number): boolean => {
    const { verdict, backends } = trace(table, { from, to, port, protocol: "TCP" })
    return verdict !== "delivered" || backends.some(({ refuses, silent }) => refuses || silent)
  }
  // By address where there is one: CoreDNS itself does not ask kube-dns for names.
  const name = found?.spec.clusterIP || `${found?.metadata.name}.${found?.metadata.namespace}.svc.cluster.local`
  const addresses = (found?.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? [])
  return (found?.spec.ports ?? []).some(
    ({ port, nodePort, protocol = "TCP" }) =>
      protocol === "TCP" &&
      (inside.some((from) => fails(from, name, port)) ||
        (nodePort ? nodes.some(({ internalIP }) => fails(OUTSIDE, internalIP, nodePort)) : false) ||
        addresses.some((ip) => fails(OUTSIDE, ip, port))),
  )
}

describe.each(labs.map((each) => [each.id] as const))("lab %s", (id) => {
  test.each(states(lab(id)))("%s: found is what is wrong, and trace agrees", async (state, script) => {
    const table = await tableAfter(lab(id), script)
    expect(said(table)).toEqual(SEEN[state] ?? [])
    for (const { metadata } of table.state.services) {
      const findings = diagnose(table, {
        isAskedFor: ({ kind, namespace, name }) =>
          kind === "Service" && namespace === metadata.namespace && name === metadata.name,
      }).filter(
        ({ severity, code }) =>
          severity !== "note" && code !== "selector-mixes-programs" && code !== "load-balancer-pending",
      )
      const fails = someRequestFails(table, `${metadata.namespace}/${metadata.name}`)
      expect([metadata.name, fails]).toEqual([metadata.name, findings.length > 0])
    }
  })
})
