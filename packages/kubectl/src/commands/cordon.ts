import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { plainError } from "../failure.ts"
import { DRY_RUN, OUTPUT, SELECTOR, SHOW_MANAGED_FIELDS } from "../flags/flag-groups.ts"
import { at } from "../json-value.ts"
import { selectObjects } from "../resources/selected.ts"
import { dryRunOf, patchObject } from "../resources/writes.ts"

const command = (name: "cordon" | "uncordon", unschedulable: boolean): Command => ({
  name,
  summary: unschedulable ? "Let no new pods onto a node" : "Let pods onto a node again",
  usage: "NODE",
  completes: "nodes",
  flags: [DRY_RUN, SELECTOR, OUTPUT, SHOW_MANAGED_FIELDS],
  async run(session) {
    if (session.args.length === 0 && session.flags.text("selector") === "")
      throw plainError(`USAGE: ${name} NODE [flags]\nSee 'kubectl ${name} -h' for help and examples`)
    const dryRun = dryRunOf(session)
    const { found, errors } = await selectObjects(session, {
      words: ["nodes", ...session.args.map((word) => word.replace(/^nodes?\//, ""))],
      files: false,
    })
    const failures = [...errors]
    const suffix = dryRun === "none" ? "" : dryRun === "server" ? " (server dry run)" : " (dry run)"
    for (const { type, namespace, name: node, object } of found)
      try {
        const is = at(object, "spec", "unschedulable") === true
        if (is !== unschedulable && dryRun !== "client")
          await patchObject(
            session,
            type,
            namespace,
            node,
            "strategic",
            { spec: { unschedulable: unschedulable || null } },
            { manager: `kubectl-${name}`, dryRun },
          )
        session.print(`node/${node} ${is === unschedulable ? `already ${name}ed` : `${name}ed`}${suffix}`)
      } catch (error) {
        failures.push(error)
      }
    throwAll(failures)
    return 0
  },
})

export const cordon: Command = command("cordon", true)
export const uncordon: Command = command("uncordon", false)
