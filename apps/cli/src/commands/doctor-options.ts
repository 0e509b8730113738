import type { Severity } from "@pilotage/routing-core"
import { Argument, type Command, Option } from "commander"
import { SEVERITIES } from "../doctor/report.ts"
import { type SourceOptions, withSourceOptions } from "../sources/source-options.ts"

export interface DoctorOptions extends SourceOptions {
  readonly allNamespaces?: boolean
  readonly output?: "json"
  readonly failOn: Severity
}

const EXAMPLES = `
Examples:
  pilotage doctor                          every Service of the current context
  pilotage doctor -n shop web              one Service of a live cluster
  pilotage doctor -f manifests/            a folder, before it is applied
  kubectl get nodes,pods,services,endpointslices,networkpolicies,namespaces \\
    -A -o json | pilotage doctor -f - --fail-on warning

An error: requests to the Service fail, or those that one of its endpoints gets.
A warning: some clients fail, or the next ordinary change will break it, or a
field has no effect. A note: it works, but not as one may think.
pilotage trace --rules R32 says what a rule means.

Exit codes: 0 nothing as bad as --fail-on, 1 something, 2 when the question or
the input is wrong.`

/** Describes `pilotage doctor`; `run` gets what was typed. */
export const defineDoctor = (
  command: Command,
  run: (names: readonly string[], options: DoctorOptions) => Promise<void>,
): void => {
  const described = withSourceOptions(
    command
      .description("find what will not work in the Services of a cluster or a folder, and how to mend it")
      .addArgument(new Argument("[names...]", "Services: web, svc/web, shop/web; all when none is given")),
  )
  const namespace = described.options.find(({ long }) => long === "--namespace")
  if (namespace) namespace.description = "only Services of this namespace"
  described
    .addOption(
      new Option("-A, --all-namespaces", "Services of every namespace; so it is without -n").conflicts("namespace"),
    )
    .addOption(new Option("-o, --output <format>", "instead of the text").choices(["json"]))
    .addOption(new Option("--fail-on <severity>", "exit with 1 from here on").choices(SEVERITIES).default("error"))
    .addHelpText("after", EXAMPLES)
    .action(run)
}
