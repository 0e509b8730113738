import { renderToStaticMarkup } from "react-dom/server"
import { expect, test } from "vitest"
import { ClusterMap } from "./map/cluster-map.tsx"
import { compute } from "./simulator/compute.ts"
import { OneGlance } from "./simulator/one-glance.tsx"
import { PRESETS } from "./simulator/presets.ts"
import { simulate, startSimulation } from "./simulator/simulation.ts"
import { HopTable } from "./trace-view/hop-table.tsx"
import { TraceCaption } from "./trace-view/trace-caption.tsx"
import { WhyPanel } from "./trace-view/why-panel.tsx"

const glance = PRESETS["one-glance"]
const { state, traces } = compute(glance)
const [delivered] = traces
const broken = compute(
  simulate(startSimulation(glance), { kind: "edit-service", change: { selector: "shpo" } }).scenario,
)
const [refused] = broken.traces
if (!delivered || !refused) throw new Error("the preset has no routes")

const text = (markup: string): string => markup.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ")

test("the map names every node, pod and Service", () => {
  const markup = text(renderToStaticMarkup(<ClusterMap state={state} trace={delivered} layout="wide" />))
  for (const name of ["node-1", "node-2", "node-3", "shop-1", "orders", "shop-internal", "172.18.255.200"])
    expect(markup).toContain(name)
})

test("the table has a row for each question to DNS and each hop, with what the engine says of it", () => {
  const markup = renderToStaticMarkup(<HopTable trace={delivered} />)
  expect(markup.match(/<tr>/g)).toHaveLength(1 + delivered.dns.length + delivered.hops.length)
  for (const hop of delivered.hops) expect(text(markup)).toContain(hop.rule)
})

test("why a request failed: the cause, its field and the change that would help", () => {
  const markup = text(renderToStaticMarkup(<WhyPanel trace={refused} />))
  expect(markup).toContain("curl exits with 7")
  expect(markup).toContain("spec.selector")
  expect(refused.failure?.fix).toBeTruthy()
  expect(markup).toContain("What would change it")
})

test("each hop opens to its packets, its rule's sentence and the field that decided; the failing one is open", () => {
  const markup = renderToStaticMarkup(<WhyPanel trace={refused} />)
  expect(markup.match(/<details/g)).toHaveLength(refused.dns.length + refused.hops.length)
  expect(markup.match(/<details open=""/g)).toHaveLength(1)
  const failing = text(markup.slice(markup.indexOf('<details open=""')))
  const hop = refused.hops.at(-1)
  if (!hop?.cause?.path) throw new Error("the preset fails for a field")
  expect(failing).toContain(hop.says)
  expect(failing).toContain(`Field ${hop.cause.path}`)
  expect(failing).toContain("the node rejects the packet and the client is refused at once")
  expect(markup).toContain(`href="/rules#${hop.rule}"`)
})

test("a rewrite is marked where the packet changed, and only there", () => {
  const markup = renderToStaticMarkup(<WhyPanel trace={delivered} />)
  const rewrites = delivered.hops.filter(({ action }) => action === "dnat")
  expect(rewrites).toHaveLength(1)
  expect(markup.match(/<mark>[^<]+<\/mark>/g)).toEqual(["<mark>10.244.1.5:8080</mark>"])
})

test("the map names the NetworkPolicies that select a pod, and draws no boom where nothing enforces them", () => {
  const policy = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "harbour-only", namespace: "default" },
    spec: { podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["shop"] }] } },
  } as const
  const guarded = { ...state, networkPolicies: [policy] }
  const drawn = (config: typeof state.config): number =>
    renderToStaticMarkup(<ClusterMap state={{ ...guarded, config }} layout="wide" />).split(
      'selected by NetworkPolicy harbour-only"',
    ).length - 1
  expect(drawn({ ...state.config, networkPolicies: "enforced" })).toBe(3)
  expect(drawn({ ...state.config, networkPolicies: "ignored" })).toBe(0)
})

test("backends that would not answer are not said to answer, and curl's own last words count", () => {
  const [backend] = delivered.backends
  if (!backend) throw new Error("the preset has backends")
  const trace = { ...delivered, backends: [backend, { ...backend, ip: "10.244.9.9", pod: "mute", silent: true }] }
  const curl = { exitCode: 28, message: "Connection timed out after 2000 milliseconds" }
  const markup = text(renderToStaticMarkup(<WhyPanel trace={trace} curl={curl} />))
  expect(markup).toContain("One backend may answer: shop-1")
  expect(markup).toContain("Would stay silent, if chosen: mute")
  expect(markup).toContain("curl exits with 28: Connection timed out after 2000 milliseconds.")
})

test("the caption says who asked whom and how it ended", () => {
  expect(text(renderToStaticMarkup(<TraceCaption trace={refused} />))).toContain(
    "curl from pod orders to shop-internal:80: refused",
  )
})

test("the one-glance simulator is whole before any script runs", () => {
  const markup = text(renderToStaticMarkup(<OneGlance />))
  expect(markup).toContain("Send the ship")
  expect(markup).toContain("answered by shop-1")
})
