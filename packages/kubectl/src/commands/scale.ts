import { groupResource, pathOf } from "../api/discovery.ts"
import { deadlineAfter } from "../api/streams.ts"
import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { isReason, plainError } from "../failure.ts"
import { DRY_RUN, FILE_FLAGS, OUTPUT, PRINT_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import { at } from "../json-value.ts"
import { type LiveObject, selectObjects } from "../resources/selected.ts"
import { untilSeen } from "../resources/until.ts"
import { type DryRun, dryRunOf, patchObject, printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { requireFlags } from "./create-generated.ts"

const scaleOne = async (session: Session, live: LiveObject, replicas: number, dryRun: DryRun): Promise<void> => {
  const expected = session.flags.number("current-replicas")
  if (session.flags.changed("current-replicas") && expected >= 0) {
    const scale = await session.api.send("GET", pathOf(live.type, live.namespace, live.name, "scale"))
    const now = at(scale, "spec", "replicas")
    if (now !== expected) throw plainError(`Expected replicas to be ${expected}, was ${now}`)
  }
  if (dryRun !== "client")
    await patchObject(
      session,
      live.type,
      live.namespace,
      live.name,
      "merge",
      { spec: { replicas } },
      { manager: "kubectl", dryRun, subresource: "scale" },
    )
  printDone(session, live.type, live.object, live.name, "scaled", dryRun)
}

const waitScaled = async (session: Session, live: LiveObject, replicas: number): Promise<void> => {
  const timeout = session.flags.number("timeout")
  if (timeout <= 0) return
  const deadline = deadlineAfter(session.host.clock, session.io.cancellation, timeout)
  const done = await untilSeen(session, live, deadline.cancellation, (sight) => {
    if ("gone" in sight) return true
    const generation = at(sight.object, "metadata", "generation")
    const current = at(sight.object, "status", "replicas") ?? 0
    return at(sight.object, "status", "observedGeneration") === generation && current === replicas
  })
  deadline.release()
  session.checkInterrupt()
  if (!done) throw plainError("timed out waiting for the condition")
}

export const scale: Command = {
  name: "scale",
  summary: "Set how many pods a deployment or replica set has",
  usage: "[--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS.filter((flag) => flag !== OUTPUT),
    OUTPUT,
    DRY_RUN,
    SELECTOR,
    { name: "all", kind: "bool" },
    { name: "replicas", kind: "int" },
    { name: "current-replicas", kind: "int", default: "-1" },
    { name: "resource-version", kind: "string" },
    { name: "timeout", kind: "duration", default: "0s" },
  ],
  async run(session) {
    requireFlags(session, "replicas")
    const replicas = session.flags.number("replicas")
    if (replicas < 0)
      throw plainError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
    const dryRun = dryRunOf(session)
    const { found, errors } = await selectObjects(session, { words: session.args, all: true })
    const failures = [...errors]
    for (const live of found)
      try {
        await scaleOne(session, live, replicas, dryRun)
        if (dryRun === "none") await waitScaled(session, live, replicas)
      } catch (error) {
        failures.push(
          isReason(error, "MethodNotAllowed") ? plainError(`could not find ${groupResource(live.type)}/scale`) : error,
        )
      }
    if (found.length === 0 && failures.length === 0) throw plainError("no objects passed to scale")
    throwAll(failures)
    return 0
  },
}
