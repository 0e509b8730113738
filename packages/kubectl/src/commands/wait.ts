import { deadlineAfter } from "../api/streams.ts"
import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { isNotFound, plainError } from "../failure.ts"
import {
  ALL_NAMESPACES,
  FIELD_SELECTOR,
  FILE_FLAGS,
  OUTPUT,
  SELECTOR,
  SHOW_MANAGED_FIELDS,
} from "../flags/flag-groups.ts"
import { at, records, text } from "../json-value.ts"
import { compileJsonPath } from "../output/jsonpath.ts"
import { nothingNamed, resolveTargets, type Target } from "../resources/arguments.ts"
import { selectObjects } from "../resources/selected.ts"
import { type Sight, untilSeen } from "../resources/until.ts"
import { printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"

type Test = (sight: Sight) => boolean

const conditionTest = (spec: string): Test => {
  const equals = spec.indexOf("=")
  const type = (equals < 0 ? spec : spec.slice(0, equals)).toLowerCase()
  const status = (equals < 0 ? "true" : spec.slice(equals + 1)).toLowerCase()
  return (sight) => {
    if ("gone" in sight) return false
    const found = records(at(sight.object, "status", "conditions")).find(
      (each) => text(each.type).toLowerCase() === type,
    )
    if (!found) return false
    const seen = found.observedGeneration ?? at(sight.object, "status", "observedGeneration")
    const generation = at(sight.object, "metadata", "generation")
    if (typeof seen === "number" && typeof generation === "number" && seen < generation) return false
    return text(found.status).toLowerCase() === status
  }
}

const jsonPathTest = (spec: string): Test => {
  const end = spec.lastIndexOf("}")
  if (end < 0)
    throw plainError(
      `jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'`,
    )
  const render = compileJsonPath(spec.slice(0, end + 1).replace(/^['"]|['"]$/g, ""))
  const rest = spec.slice(end + 1).replace(/^['"]/, "")
  const wanted = rest.startsWith("=") ? rest.slice(1).replace(/^["'](.*)["']$/, "$1") : undefined
  return (sight) => {
    if ("gone" in sight) return false
    const value = render(sight.object)
    return wanted === undefined ? value !== "" : value === wanted
  }
}

const testFor = (spec: string): Test => {
  const lower = spec.toLowerCase()
  if (lower === "delete") return (sight) => "gone" in sight
  if (lower === "create") return (sight) => !("gone" in sight)
  if (lower.startsWith("condition=")) return conditionTest(spec.slice("condition=".length))
  if (lower.startsWith("jsonpath=")) return jsonPathTest(spec.slice("jsonpath=".length))
  throw plainError(`unrecognized condition: ${JSON.stringify(spec)}`)
}

type NamedTarget = Target & { readonly name: string; readonly uid?: unknown }

const targetsOf = async (session: Session, spec: string): Promise<readonly NamedTarget[]> => {
  if (spec === "create") {
    const targets = await resolveTargets(session, session.args)
    return targets.flatMap((target) => (target.name === undefined ? [] : [{ ...target, name: target.name }]))
  }
  const { found, errors } = await selectObjects(session, {
    words: session.args,
    fields: true,
    namespaces: true,
    all: true,
  })
  throwAll(spec === "delete" ? errors.filter((error) => !isNotFound(error)) : errors)
  if (found.length === 0 && spec !== "delete") throw plainError("no matching resources found")
  return found.map((live) => ({ ...live, uid: at(live.object, "metadata", "uid") }))
}

export const wait: Command = {
  name: "wait",
  summary: "Wait until objects are in a condition, made or gone",
  usage:
    "(-f FILENAME | TYPE NAME | TYPE/NAME) --for=condition=NAME[=value]|delete|create|jsonpath='{…}'=value [--timeout=30s]",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    OUTPUT,
    SHOW_MANAGED_FIELDS,
    { name: "template", kind: "string" },
    SELECTOR,
    FIELD_SELECTOR,
    ALL_NAMESPACES,
    { name: "all", kind: "bool" },
    { name: "for", kind: "string" },
    { name: "timeout", kind: "duration", default: "30s" },
  ],
  async run(session) {
    const spec = session.flags.text("for")
    const test = testFor(spec)
    if (session.args.length === 0 && !session.flags.changed("filename")) throw nothingNamed()
    const timeout = session.flags.number("timeout")
    // Negative is a week, as in kubectl.
    const deadline = deadlineAfter(session.host.clock, session.io.cancellation, timeout < 0 ? 7 * 86_400_000 : timeout)
    const failures: unknown[] = []
    try {
      for (const target of await targetsOf(session, spec.toLowerCase())) {
        let last: Sight | undefined
        const done = await untilSeen(session, target, deadline.cancellation, (sight) => {
          last = sight
          const other =
            !("gone" in sight) && target.uid !== undefined && at(sight.object, "metadata", "uid") !== target.uid
          return spec.toLowerCase() === "delete" && other ? true : test(sight)
        })
        session.checkInterrupt()
        if (!done)
          failures.push(plainError(`timed out waiting for the condition on ${target.type.plural}/${target.name}`))
        else printDone(session, target.type, last && !("gone" in last) ? last.object : {}, target.name, "condition met")
      }
    } finally {
      deadline.release()
    }
    throwAll(failures)
    return 0
  },
}
