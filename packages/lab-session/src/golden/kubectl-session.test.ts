import { createCluster } from "@pilotage/embedded-cluster"
import { expect, test } from "vitest"
import { KNOWN_DIFFERENCES, ORDER_IS_CHANCE } from "./known-differences.ts"
import session from "./kubectl-session.json" with { type: "json" }
import { asSet, normalise } from "./normalise.ts"
import { type Answer, type Recorded, replaySession } from "./replay.ts"

/** Commands that answer as the recorded kubectl did; may only grow. */
const FLOOR = 242

const agrees = (recorded: Recorded, answer: Answer): boolean => {
  const levelled = ORDER_IS_CHANCE.includes(recorded.name) ? asSet : normalise
  return (
    answer.exit === recorded.exit &&
    levelled(answer.stdout) === levelled(recorded.stdout) &&
    levelled(answer.stderr) === levelled(recorded.stderr)
  )
}

test("kubectl on the embedded cluster answers a recorded session as the real one did, but for known differences", async () => {
  const cluster = createCluster({
    seed: 36,
    topology: { nodes: 3 },
    loadBalancerController: "none",
    objects: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "demo" } }],
  })
  if (!cluster.ok) throw new Error(`${cluster.error.path}: ${cluster.error.message}`)
  cluster.value.advance(90_000)
  const commands: readonly Recorded[] = session.commands
  const differing: string[] = []
  let agreeing = 0
  await replaySession(cluster.value, session.manifests, commands, (recorded, answer) => {
    if (agrees(recorded, answer)) agreeing += 1
    else if (!Object.hasOwn(KNOWN_DIFFERENCES, recorded.name))
      differing.push(
        `$ ${recorded.cmd}\n--- recorded (exit ${recorded.exit})\n${recorded.stdout}${recorded.stderr}--- here (exit ${answer.exit})\n${answer.stdout}${answer.stderr}`,
      )
  })
  expect(differing.join("\n")).toBe("")
  expect(agreeing).toBeGreaterThanOrEqual(FLOOR)
}, 60_000)

test("every known difference speaks of a recorded command", () => {
  const names = new Set(session.commands.map((command) => command.name))
  expect(Object.keys(KNOWN_DIFFERENCES).filter((name) => !names.has(name))).toEqual([])
})
