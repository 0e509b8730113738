import { kindName, pathOf } from "../api/discovery.ts"
import { deadlineAfter } from "../api/streams.ts"
import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { isNotFound, plainError } from "../failure.ts"
import { ALL_NAMESPACES, DRY_RUN, FIELD_SELECTOR, FILE_FLAGS, OUTPUT, SELECTOR } from "../flags/flag-groups.ts"
import { goQuote } from "../go-json.ts"
import { at } from "../json-value.ts"
import { nothingNamed, resolveTargets, type Target } from "../resources/arguments.ts"
import { readObjects } from "../resources/files.ts"
import { selectObjects } from "../resources/selected.ts"
import { untilSeen } from "../resources/until.ts"
import { type DryRun, dryRunOf } from "../resources/writes.ts"
import type { Session } from "../session.ts"

interface Deletion {
  readonly target: Target & { readonly name: string }
  readonly uid: unknown
}

const graceOf = (session: Session): number | undefined => {
  const seconds = session.flags.number("grace-period")
  if (session.flags.bool("now")) {
    if (seconds !== -1) throw plainError("--now and --grace-period cannot be specified together")
    return 1
  }
  if (seconds === 0 && !session.flags.bool("force")) return 1
  if (session.flags.bool("force")) return Math.max(seconds, 0)
  return seconds < 0 ? undefined : seconds
}

const report = (
  session: Session,
  { type, name, namespace }: Target & { readonly name: string },
  dryRun: DryRun,
): void => {
  const verb = session.flags.bool("force") && session.flags.number("grace-period") <= 0 ? "force deleted" : "deleted"
  const suffix = dryRun === "none" ? "" : dryRun === "server" ? " (server dry run)" : " (dry run)"
  if (session.flags.text("output") === "name") session.print(`${kindName(type)}/${name}`)
  else {
    const place = namespace === undefined ? "" : ` from ${namespace} namespace`
    session.print(`${kindName(type)} ${goQuote(name)} ${verb}${place}${suffix}`)
  }
}

const cascadeOf = (session: Session): string => {
  const value = session.flags.text("cascade")
  if (value === "background" || value === "true") return "Background"
  if (value === "foreground") return "Foreground"
  if (value === "orphan" || value === "false") return "Orphan"
  throw plainError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`)
}

const deleteOne = async (
  session: Session,
  target: Target & { readonly name: string },
  dryRun: DryRun,
): Promise<Deletion> => {
  const path = pathOf(target.type, target.namespace, target.name)
  if (dryRun === "client") {
    const object = await session.api.send("GET", path)
    return { target, uid: at(object, "metadata", "uid") }
  }
  const grace = graceOf(session)
  const answer = await session.api.send("DELETE", path, {
    query: dryRun === "server" ? { dryRun: "All" } : {},
    body: { propagationPolicy: cascadeOf(session), ...(grace === undefined ? {} : { gracePeriodSeconds: grace }) },
  })
  return { target, uid: at(answer, "metadata", "uid") ?? at(answer, "details", "uid") }
}

const waitUntilGone = async (session: Session, deletions: readonly Deletion[]): Promise<void> => {
  const timeout = session.flags.number("timeout")
  const deadline = deadlineAfter(session.host.clock, session.io.cancellation, timeout > 0 ? timeout : undefined)
  try {
    for (const { target, uid } of deletions) {
      const gone = await untilSeen(
        session,
        target,
        deadline.cancellation,
        (sight) => "gone" in sight || at(sight.object, "metadata", "uid") !== uid,
      )
      session.checkInterrupt()
      if (!gone) throw plainError(`timed out waiting for the condition on ${target.type.plural}/${target.name}`)
    }
  } finally {
    deadline.release()
  }
}

const isNamed = (target: Target): target is Target & { readonly name: string } => target.name !== undefined

interface Chosen {
  readonly targets: readonly (Target & { readonly name: string })[]
  readonly errors: readonly unknown[]
  readonly selected: boolean
}

const choose = async (session: Session): Promise<Chosen> => {
  const { flags, args } = session
  if (flags.changed("filename")) {
    const { objects, errors } = await readObjects(session)
    return { targets: objects.map(({ type, namespace, name }) => ({ type, namespace, name })), errors, selected: false }
  }
  const selecting = flags.text("selector") !== "" || flags.text("field-selector") !== "" || flags.bool("all")
  if (args.length === 0) throw nothingNamed()
  if (selecting) {
    const { found, errors } = await selectObjects(session, { words: args, fields: true, namespaces: true, all: true })
    return { targets: found, errors, selected: true }
  }
  const targets = await resolveTargets(session, args, { everywhere: flags.bool("all-namespaces") })
  if (!targets.every(isNamed)) throw plainError("resource(s) were provided, but no name was specified")
  return { targets: targets.filter(isNamed), errors: [], selected: false }
}

export const deleteCommand: Command = {
  name: "delete",
  summary: "Remove objects by file, name, label or all of a type",
  usage: "([-f FILENAME] | TYPE [(NAME | -l label | --all)]) [--now | --force | --grace-period=N] [--wait=false]",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    OUTPUT,
    DRY_RUN,
    SELECTOR,
    FIELD_SELECTOR,
    ALL_NAMESPACES,
    { name: "all", kind: "bool" },
    { name: "now", kind: "bool" },
    { name: "force", kind: "bool" },
    { name: "grace-period", kind: "int", default: "-1" },
    { name: "ignore-not-found", kind: "bool" },
    { name: "wait", kind: "bool", default: "true" },
    { name: "timeout", kind: "duration", default: "0s" },
    { name: "cascade", kind: "string", default: "background", implied: "background" },
  ],
  async run(session) {
    const dryRun = dryRunOf(session)
    const { targets, errors, selected } = await choose(session)
    const failures = [...errors]
    const forced = session.flags.bool("force") && graceOf(session) === 0
    if (forced)
      session.warn(
        "Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.",
      )
    const deletions: Deletion[] = []
    for (const target of targets) {
      session.checkInterrupt()
      try {
        deletions.push(await deleteOne(session, target, dryRun))
        report(session, target, dryRun)
      } catch (error) {
        if (isNotFound(error) && (selected || session.flags.bool("ignore-not-found"))) continue
        failures.push(error)
      }
    }
    if (targets.length === 0 && failures.length === 0) session.print("No resources found")
    if (session.flags.bool("wait") && dryRun === "none" && !forced) await waitUntilGone(session, deletions)
    throwAll(failures)
    return 0
  },
}
