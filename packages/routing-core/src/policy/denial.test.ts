import type { NetworkPolicy } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import type { Connection } from "./connection.ts"
import { forApp, indexesWith, judge, policy } from "./policy-world.ts"

const frontends = { podSelector: { matchLabels: { app: "frontend" } } }
const http = [{ protocol: "TCP", port: 8080 }] as const

const denied = (policies: readonly NetworkPolicy[], from: string, to: string, more: Partial<Connection> = {}) => {
  const judged = judge(indexesWith(policies), from, to, more.port ?? 8080, more.protocol ?? "TCP", more)
  if (judged.allowed) throw new Error("it is allowed")
  return judged
}

/** What the patch in a command does to a policy, for additions to lists and new fields. */
const patched = (target: NetworkPolicy, command: string | undefined): NetworkPolicy => {
  const [, text] = /-p '(.*)'$/.exec(command ?? "") ?? []
  const copy = JSON.parse(JSON.stringify(target)) as NetworkPolicy
  for (const { op, path, value } of JSON.parse(text ?? "[]")) {
    expect(op).toBe("add")
    const keys = String(path).split("/").slice(1)
    const last = keys.pop() ?? ""
    const at = keys.reduce<Record<string, unknown>>((place, key) => place[key] as Record<string, unknown>, copy)
    if (last === "-") (at as unknown as unknown[]).push(value)
    else at[last] = value
  }
  return copy
}

test("network-policy-ingress: a policy without a rule, and the rule that it lacks", () => {
  const judged = denied([policy("deny-all", {})], "frontend", "web")
  expect(judged).toEqual({
    allowed: false,
    certainty: "certain",
    direction: "ingress",
    rule: "R81",
    cause: {
      object: { kind: "NetworkPolicy", namespace: "shop", name: "deny-all" },
      path: "spec.ingress",
      value: "[]",
    },
    failure: {
      code: "network-policy-ingress",
      message:
        "NetworkPolicy deny-all in namespace shop isolates pod web in namespace shop for ingress, and there is no rule that allows anything.",
      fix: "Add an ingress rule for pod frontend in namespace shop (app=frontend) on TCP port 8080 to NetworkPolicy deny-all.",
      command: `kubectl patch networkpolicy deny-all -n shop --type=json -p '[{"op":"add","path":"/spec/ingress","value":[{"from":[{"podSelector":{"matchLabels":{"app":"frontend"}}}],"ports":[{"protocol":"TCP","port":8080}]}]}]'`,
      cause: judged.cause,
    },
  })
})

test("network-policy-egress: several policies are counted, the first is named", () => {
  const quiet = forApp("frontend", {
    policyTypes: ["Egress"],
    egress: [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }] }],
  })
  const judged = denied([policy("b", quiet), policy("a", quiet)], "frontend", "ops/monitor")
  expect(judged.failure).toMatchObject({
    code: "network-policy-egress",
    message:
      "2 NetworkPolicies of namespace shop (a, b) isolate pod frontend in namespace shop for egress, and none of the 2 rules allows it to reach pod monitor in namespace ops (app=monitor,team=red) on TCP port 8080.",
    command: `kubectl patch networkpolicy a -n shop --type=json -p '[{"op":"add","path":"/spec/egress/-","value":{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"ops"}},"podSelector":{"matchLabels":{"app":"monitor","team":"red"}}}],"ports":[{"protocol":"TCP","port":8080}]}}]'`,
  })
  expect(judged.cause.object.name).toBe("a")
})

test("[R82] the right labels in another namespace: a podSelector alone means the policy's own", () => {
  const judged = denied(
    [policy("in", forApp("web", { ingress: [{ from: [frontends], ports: http }] }))],
    "ops/frontend",
    "web",
  )
  expect(judged.rule).toBe("R82")
  expect(judged.cause).toMatchObject({ path: "spec.ingress[0].from[0].podSelector" })
  expect(judged.failure.message).toContain(
    "The labels fit, but a podSelector alone means pods of the policy's own namespace shop, and the client is in ops.",
  )
  expect(judged.failure.command).toBe(
    `kubectl patch networkpolicy in -n shop --type=json -p '[{"op":"add","path":"/spec/ingress/0/from/-","value":{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"ops"}},"podSelector":{"matchLabels":{"app":"frontend"}}}}]'`,
  )
})

test("[R82] both selectors in one item must match, as two items either would do", () => {
  const both = { namespaceSelector: { matchLabels: { team: "red" } }, ...frontends }
  const web = policy("in", forApp("web", { ingress: [{ from: [both] }] }))
  const wrongLabels = denied([web], "ops/monitor", "web")
  expect(wrongLabels.cause.path).toBe("spec.ingress[0].from[0].podSelector")
  expect(wrongLabels.failure.message).toContain("the client's namespace fits, its labels do not.")
  const wrongNamespace = denied([web], "frontend", "web")
  expect(wrongNamespace.cause.path).toBe("spec.ingress[0].from[0].namespaceSelector")
  expect(wrongNamespace.failure.message).toContain("the client's labels fit, its namespace does not.")
})

test("[R82] other labels than the policy wants", () => {
  const judged = denied([policy("in", forApp("web", { ingress: [{ from: [frontends] }] }))], "db", "web")
  expect(judged.failure.message).toContain("It allows pods with app=frontend, and the client has app=db.")
  const red = { namespaceSelector: { matchLabels: { team: "red" } } }
  const namespaces = denied([policy("in", forApp("web", { ingress: [{ from: [red] }] }))], "db", "web")
  expect(namespaces.failure.message).toContain(
    "It allows namespaces with team=red, and shop has team=blue,kubernetes.io/metadata.name=shop.",
  )
})

test("[R84] a policy that names the Service's port instead of the pod's", () => {
  const judged = denied(
    [policy("in", forApp("web", { ingress: [{ from: [frontends], ports: [{ port: 80 }] }] }))],
    "frontend",
    "web",
    {
      before: { destination: { ip: "10.96.0.20", port: 80 } },
    },
  )
  expect(judged.rule).toBe("R84")
  expect(judged.cause).toMatchObject({ path: "spec.ingress[0].ports[0].port", value: "80" })
  expect(judged.failure).toMatchObject({
    message: expect.stringContaining(
      "It allows 80, which is the Service's port; policies see the pod's own port, and that is 8080.",
    ),
    fix: "Add port 8080/TCP to spec.ingress[0].ports.",
    command: `kubectl patch networkpolicy in -n shop --type=json -p '[{"op":"add","path":"/spec/ingress/0/ports/-","value":{"protocol":"TCP","port":8080}}]'`,
  })
})

test("[R84] other ports that nearly fit: protocol, name and range", () => {
  const says = (port: object, more: Partial<Connection> = {}) => {
    const judged = denied([policy("in", forApp("web", { ingress: [{ ports: [port] }] }))], "frontend", "web", more)
    return [judged.cause.path, judged.failure.message.split("ports[0]")[1]?.replace(/^\.\w+\. /, "")]
  }
  expect(says({ port: 9090 })).toEqual([
    "spec.ingress[0].ports[0].port",
    "It allows port 9090, and the packet goes to 8080.",
  ])
  expect(says({ port: 8080 }, { protocol: "UDP" })).toEqual([
    "spec.ingress[0].ports[0].protocol",
    "It allows TCP (what no protocol means), and this is UDP.",
  ])
  expect(says({ port: "http" }, { port: 9090 })).toEqual([
    "spec.ingress[0].ports[0].port",
    "Its port http is 8080 in web, and the packet goes to 9090.",
  ])
  expect(says({ port: "https" })).toEqual([
    "spec.ingress[0].ports[0].port",
    "It allows the port named https, and the containers of pod web in namespace shop declare no TCP port of that name.",
  ])
  expect(says({ port: 9000, endPort: 9100 })).toEqual([
    "spec.ingress[0].ports[0].endPort",
    "It allows ports 9000 to 9100, and the packet goes to 8080.",
  ])
})

test("[R83] an ipBlock with a cluster IP, with the client's unseen address, and an exception", () => {
  const block = (cidr: string, except?: string[]) => ({ ipBlock: { cidr, ...(except ? { except } : {}) } })
  const out = policy("out", forApp("frontend", { policyTypes: ["Egress"], egress: [{ to: [block("10.96.0.20/32")] }] }))
  const clusterIP = denied([out], "frontend", "web", { before: { destination: { ip: "10.96.0.20", port: 80 } } })
  expect(clusterIP.failure.message).toContain(
    "Its ipBlock holds the address 10.96.0.20 that the client asked for; policies see the endpoint behind it, 10.244.1.11.",
  )
  const office = policy("in", forApp("web", { ingress: [{ from: [block("203.0.113.0/24")] }] }))
  const masqueraded = denied([office], "172.18.0.3", "web", { before: { source: { ip: "203.0.113.7" } } })
  expect(masqueraded.certainty).toBe("environment")
  expect(masqueraded.failure.message).toContain(
    "Its ipBlock holds the client's own address 203.0.113.7; the packet arrives with the source 172.18.0.3.",
  )
  const except = policy("in", forApp("web", { ingress: [{ from: [block("203.0.113.0/24", ["203.0.113.7/32"])] }] }))
  expect(denied([except], "203.0.113.7", "web").cause).toMatchObject({
    path: "spec.ingress[0].from[0].ipBlock.except",
    value: '["203.0.113.7/32"]',
  })
})

test("labels that a controller gives single pods do not get into the suggested rule", () => {
  const indexes = indexesWith([policy("deny-all", {})])
  const client = indexes.pods.get("shop/frontend")
  if (!client) throw new Error("no frontend")
  const pod = { ...client, labels: { app: "it's", "pod-template-hash": "abc" } }
  const judged = judge(indexes, "frontend", "web", 8080, "TCP", { source: { pod } })
  expect(judged.allowed ? "" : judged.failure.command).toContain(`"matchLabels":{"app":"it'\\''s"}`)
  expect(judged.allowed ? "" : judged.failure.command).not.toContain("pod-template-hash")
})

test("the suggested change makes the connection pass", () => {
  const both = { namespaceSelector: { matchLabels: { team: "red" } }, ...frontends }
  const specs = [
    {},
    { ingress: [] },
    { ingress: [{ from: [frontends] }] },
    { ingress: [{ from: [both] }, { ports: [{ port: 1 }] }] },
    { ingress: [{ ports: [{ port: "nosuch" }, { port: 9000, endPort: 9001 }] }] },
    { ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.244.0.0/16"] } }], ports: http }] },
  ]
  for (const spec of specs)
    for (const from of ["db", "ops/monitor", "ops/frontend", "203.0.113.7", "fd00::7"]) {
      const target = policy("p", forApp("web", spec))
      const judged = judge(indexesWith([target]), from, "web")
      if (judged.allowed) continue
      const fixed = patched(target, judged.failure.command)
      expect(judge(indexesWith([fixed]), from, "web").allowed, `${from} ${JSON.stringify(spec)}`).toBe(true)
    }
})
