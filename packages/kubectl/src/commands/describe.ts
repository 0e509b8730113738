import type { Command } from "../command.ts"
import { describeEndpointSlice, describeEndpoints } from "../describe/endpoints.ts"
import { writeEvents } from "../describe/events.ts"
import { describeNode } from "../describe/node.ts"
import { describeAnything, describeConfigMap, describeNamespace } from "../describe/plain-kinds.ts"
import { describePod } from "../describe/pod.ts"
import { describeService } from "../describe/service.ts"
import { describeDeployment, describeReplicaSet } from "../describe/workloads.ts"
import { createDescription, type Description } from "../describe/writer.ts"
import { throwAll } from "../error-messages.ts"
import { isNotFound, plainError } from "../failure.ts"
import { ALL_NAMESPACES, FILE_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import { createTabWriter } from "../output/tab-writer.ts"
import { type LiveObject, type Selection, selectObjects } from "../resources/selected.ts"
import type { Session } from "../session.ts"

type Describe = (session: Session, to: Description, live: LiveObject) => Promise<void>

const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  ConfigMap: describeConfigMap,
  Deployment: describeDeployment,
  EndpointSlice: describeEndpointSlice,
  Endpoints: describeEndpoints,
  Namespace: describeNamespace,
  Node: describeNode,
  Pod: describePod,
  ReplicaSet: describeReplicaSet,
  Service: describeService,
}

const WITHOUT_EVENTS = ["Namespace", "Event"]

const aligned = (sections: readonly string[]): string =>
  sections
    .map((section) => {
      const writer = createTabWriter({ minWidth: 0, padding: 2 })
      writer.write(section)
      return writer.flush()
    })
    .join("")

/** A name that is no object's own may be how several begin. */
const choose = async (session: Session): Promise<Selection> => {
  const chosen = await selectObjects(session, { words: session.args, namespaces: true, listsByDefault: true })
  const [typeWord = "", prefix = "", ...more] = session.args
  const exact = chosen.found.length > 0 || !chosen.errors.some(isNotFound)
  if (exact || prefix === "" || more.length > 0 || typeWord.includes("/")) return chosen
  const all = await selectObjects(session, { words: [typeWord], namespaces: true, listsByDefault: true })
  const begun = all.found.filter((live) => live.name.startsWith(prefix))
  return begun.length > 0 ? { found: begun, errors: [] } : chosen
}

export const describe: Command = {
  name: "describe",
  summary: "Show an object in words, with its events",
  usage: "(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    SELECTOR,
    ALL_NAMESPACES,
    { name: "show-events", kind: "bool", default: "true" },
    { name: "chunk-size", kind: "int", default: "500" },
  ],
  async run(session) {
    if (session.args.length === 0 && !session.flags.changed("filename"))
      throw plainError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
      )
    const { found, errors } = await choose(session)
    // Several objects come without events unless asked for (kubectl 1.36 describe).
    const withEvents = session.flags.changed("show-events") ? session.flags.bool("show-events") : found.length === 1
    for (const [index, live] of found.entries()) {
      session.checkInterrupt()
      const to = createDescription()
      await (DESCRIPTIONS[live.type.kind] ?? describeAnything)(session, to, live)
      if (withEvents && !WITHOUT_EVENTS.includes(live.type.kind)) await writeEvents(session, to, live)
      session.io.stdout(`${index > 0 ? "\n\n" : ""}${aligned(to.sections())}`)
    }
    if (found.length === 0 && errors.length === 0)
      session.printError(
        session.flags.bool("all-namespaces")
          ? "No resources found"
          : `No resources found in ${session.namespace} namespace.`,
      )
    throwAll(errors)
    return 0
  },
}
