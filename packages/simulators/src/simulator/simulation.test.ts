import { expect, test } from "vitest"
import { compute } from "./compute.ts"
import { fromHash, toHash } from "./permalink.ts"
import { PRESETS, type PresetName } from "./presets.ts"
import { lastStage, simulate, startSimulation } from "./simulation.ts"

const glance = PRESETS["one-glance"]

const ways = (scenario: Parameters<typeof compute>[0]) =>
  compute(scenario).traces.map((trace) => [trace.route.kind, trace.verdict, trace.chosen?.pod, trace.chosen?.port])

test("the one-glance picture has the three routes of the course's first figure", () => {
  expect(ways(glance)).toEqual([
    ["ClusterIP", "delivered", "shop-1", 8080],
    ["NodePort", "delivered", "shop-3", 8080],
    ["LoadBalancer", "delivered", "shop-2", 8080],
  ])
  const [, nodePort, loadBalancer] = compute(glance).traces
  const nodes = (trace: typeof nodePort) =>
    trace?.hops.flatMap(({ at, entry }) => (at.kind === "node" ? [`${at.name}:${entry.destination.port}`] : []))
  expect(nodes(nodePort)?.[0]).toBe("node-1:30036")
  expect(nodes(loadBalancer)?.[0]).toBe("node-3:31147")
})

test.each(Object.keys(PRESETS) as PresetName[])(
  "every route of the preset %s is delivered before it is edited",
  (name) => {
    expect(compute(PRESETS[name]).traces.map((trace) => trace.verdict)).not.toContain("refused")
    expect(compute(PRESETS[name]).problem).toBeUndefined()
  },
)

test.each([
  [
    "a selector that fits no pod",
    { kind: "edit-service", change: { selector: "shpo" } },
    "refused",
    "no-endpoints-selector-mismatch",
  ],
  [
    "a target port where nothing listens",
    { kind: "edit-service", change: { targetPort: 9090 } },
    "refused",
    "wrong-target-port",
  ],
  [
    "a name that no Service has",
    { kind: "edit-request", change: { to: "shop-intern" } },
    "name-not-found",
    "name-not-found",
  ],
] as const)("%s fails for the engine's reason", (_name, action, verdict, code) => {
  const { scenario } = simulate(startSimulation(glance), action)
  const [trace] = compute(scenario).traces
  expect([trace?.verdict, trace?.failure?.code]).toEqual([verdict, code])
})

test("pods that are not ready get nothing", () => {
  const simulation = ["shop-1", "shop-2", "shop-3"].reduce(
    (current, name) => simulate(current, { kind: "edit-pod", name, change: { ready: false } }),
    startSimulation(glance),
  )
  expect(compute(simulation.scenario).traces[0]?.failure?.code).toBe("no-endpoints-not-ready")
})

test("a played request goes through its stages one arrival at a time, and then rests", () => {
  const [trace] = compute(glance).traces
  if (!trace) throw new Error("there is no trace")
  const last = lastStage(trace)
  let simulation = simulate(startSimulation(glance), { kind: "play" })
  const stages: (number | undefined)[] = []
  while (simulation.playing) {
    stages.push(simulation.stage)
    simulation = simulate(simulation, { kind: "arrived", last })
  }
  expect(stages).toEqual(Array.from({ length: last + 1 }, (_, stage) => stage))
  expect(simulation.stage).toBe(last)
})

test("an edit puts the ship back and forgets the prediction", () => {
  const played = simulate(startSimulation(glance), { kind: "predict", verdict: "refused" })
  const edited = simulate(played, { kind: "edit-service", change: { port: 81 } })
  expect([edited.stage, edited.prediction, edited.scenario.routes[0]?.service.port]).toEqual([0, undefined, 81])
})

test("a link may carry another sender than the preset has, but no kind of sender that there is not", () => {
  const from = { kind: "outside", ip: "203.0.113.7" } as const
  const { scenario } = simulate(startSimulation(glance), { kind: "edit-request", change: { from } })
  const hash = toHash("one-glance", scenario)
  expect(fromHash("one-glance", hash, glance)?.routes[0]?.request.from).toEqual(from)
  expect(fromHash("one-glance", hash.replaceAll("outside", "beyond"), glance)).toBeUndefined()
  expect(compute(scenario).traces[0]?.verdict).toBe("name-not-found")
})

test("the same request sent again may land on another pod; an edit starts chance anew", () => {
  const once = simulate(startSimulation(glance), { kind: "play" })
  const again = simulate(once, { kind: "play" })
  const landed = (simulation: typeof once) => compute(simulation.scenario).traces[0]?.chosen?.pod
  expect([landed(once), landed(again)]).toEqual(["shop-1", "shop-2"])
  expect(simulate(again, { kind: "edit-service", change: { port: 80 } }).sent).toBe(0)
})

test("a link carries a scenario, and a link of another shape carries nothing", () => {
  const { scenario } = simulate(startSimulation(glance), { kind: "edit-service", change: { port: 8081 } })
  expect(fromHash("one-glance", toHash("one-glance", scenario), glance)).toEqual(scenario)
  for (const hash of [
    "",
    "#other=1",
    "#one-glance={",
    "#one-glance=%7B%22pods%22%3A%5B%5D%7D",
    `#one-glance=${"x".repeat(9000)}`,
  ])
    expect(fromHash("one-glance", hash, glance)).toBeUndefined()
})
