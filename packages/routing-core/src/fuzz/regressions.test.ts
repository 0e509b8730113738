import { expect, test } from "vitest"
import type { OddWorld } from "./odd-world.ts"
import { REGRESSIONS } from "./regressions.ts"
import { run } from "./run.ts"

const NOTHING: OddWorld = {
  config: {},
  nodes: [],
  pods: [],
  services: [],
  endpointSlices: [],
  networkPolicies: [],
  namespaces: [],
  sockets: {},
  stoppedNodes: [],
}

for (const { name, world, requests } of REGRESSIONS)
  test(name, () => {
    expect(run({ world: { ...NOTHING, ...world }, changes: [], requests })).toEqual([])
  })
