import { deadlineAfter } from "../api/streams.ts"
import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { plainError } from "../failure.ts"
import { FILE_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import { at, type JsonRecord, records } from "../json-value.ts"
import { type LiveObject, selectObjects } from "../resources/selected.ts"
import { untilSeen } from "../resources/until.ts"
import type { Session } from "../session.ts"

interface Progress {
  readonly words: string
  readonly done: boolean
}

const count = (value: unknown): number => (typeof value === "number" ? value : 0)

/** How far a Deployment's rollout is (kubectl polymorphichelpers, DeploymentStatusViewer). */
const deploymentProgress = (deployment: JsonRecord, name: string): Progress => {
  const status = (field: string): number => count(at(deployment, "status", field))
  const waiting = (words: string): Progress => ({
    words: `Waiting for deployment "${name}" rollout to finish: ${words}...`,
    done: false,
  })
  if (count(at(deployment, "metadata", "generation")) > status("observedGeneration"))
    return { words: "Waiting for deployment spec update to be observed...", done: false }
  const progressing = records(at(deployment, "status", "conditions")).find((each) => each.type === "Progressing")
  if (progressing?.reason === "ProgressDeadlineExceeded")
    throw plainError(`deployment "${name}" exceeded its progress deadline`)
  const wanted = at(deployment, "spec", "replicas")
  const updated = status("updatedReplicas")
  if (typeof wanted === "number" && updated < wanted)
    return waiting(`${updated} out of ${wanted} new replicas have been updated`)
  if (status("replicas") > updated)
    return waiting(`${status("replicas") - updated} old replicas are pending termination`)
  if (status("availableReplicas") < updated)
    return waiting(`${status("availableReplicas")} of ${updated} updated replicas are available`)
  return { words: `deployment "${name}" successfully rolled out`, done: true }
}

const follow = async (session: Session, live: LiveObject): Promise<void> => {
  if (live.type.kind !== "Deployment") throw plainError(`no status viewer has been implemented for ${live.type.kind}`)
  const timeout = session.flags.number("timeout")
  const deadline = deadlineAfter(session.host.clock, session.io.cancellation, timeout > 0 ? timeout : undefined)
  const watching = session.flags.bool("watch")
  try {
    const done = await untilSeen(session, live, deadline.cancellation, (sight) => {
      if ("gone" in sight) throw plainError("object has been deleted")
      const progress = deploymentProgress(sight.object, live.name)
      session.print(progress.words)
      return progress.done || !watching
    })
    session.checkInterrupt()
    if (!done) throw plainError("timed out waiting for the condition")
  } finally {
    deadline.release()
  }
}

export const rolloutStatus: Command = {
  name: "status",
  summary: "Follow a rollout until it is done",
  usage: "(TYPE NAME | TYPE/NAME) [--timeout=30s] [--watch=false]",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    SELECTOR,
    { name: "watch", short: "w", kind: "bool", default: "true" },
    { name: "timeout", kind: "duration", default: "0s" },
    { name: "revision", kind: "int", default: "0" },
  ],
  async run(session) {
    if (session.args.length === 0 && !session.flags.changed("filename"))
      throw plainError("required resource not specified")
    const { found, errors } = await selectObjects(session, { words: session.args, listsByDefault: true })
    throwAll(errors)
    for (const live of found) await follow(session, live)
    return 0
  },
}
