import { Command, CommanderError } from "commander"
import { defineClusterStart } from "./commands/cluster-options.ts"
import { defineDoctor } from "./commands/doctor-options.ts"
import { defineTrace } from "./commands/trace-options.ts"
import type { Output } from "./terminal-output.ts"
import type { Player } from "./verify/verify-lab.ts"

/** All that the command line needs of the world. */
export interface Surroundings {
  readonly folder: string
  readonly output: Output
  /** Milliseconds. */
  readonly now: () => number
  readonly play: Player
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user's own folder. */
  readonly home: string
  readonly stdin: () => Promise<string>
  /** Resolves when the user wants the running command to end; from the call on, Ctrl-C ends nothing by itself. */
  readonly interrupted: () => Promise<void>
  readonly terminal: { readonly columns: number; readonly colour: boolean }
}

/** Runs `pilotage ARGS…`; resolves to the exit code. What a command alone needs is read when it runs. */
export const runPilotage = async (args: readonly string[], surroundings: Surroundings): Promise<number> => {
  const { folder, output, now, play } = surroundings
  let exitCode = 0
  const program = new Command("pilotage")
    .description("Learn, teach and debug Kubernetes Services.")
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.err })
  const lab = program.command("lab").description("Labs: folders of data below labs/.")
  lab
    .command("list")
    .description("list the labs of the course")
    .option("--labs <folder>", "the folder with course.yaml (default: labs/ here or above)")
    .action(async (options: { labs?: string }) => {
      const { openLabs } = await import("./labs-folder.ts")
      const { listLabs } = await import("./commands/lab-list.ts")
      const curriculum = openLabs(folder, options.labs)
      if (curriculum.ok) output.out(listLabs(curriculum.value))
      else output.err(curriculum.error)
      exitCode = curriculum.ok ? 0 : 1
    })
  lab
    .command("verify")
    .description("prove labs: the start fails, solution and alternatives pass, wrong answers fail for the named reason")
    .argument("[ids...]", "ids of labs; all when none is given")
    .option("--labs <folder>", "the folder with course.yaml (default: labs/ here or above)")
    .action(async (ids: string[], options: { labs?: string }) => {
      const { openLabs } = await import("./labs-folder.ts")
      const { verifyLabs } = await import("./commands/lab-verify.ts")
      const curriculum = openLabs(folder, options.labs)
      if (!curriculum.ok) output.err(curriculum.error)
      exitCode = curriculum.ok ? await verifyLabs(curriculum.value, ids, play, output, now) : 1
    })
  defineTrace(program.command("trace"), async (from, to, options) => {
    const { traceRequest } = await import("./commands/trace.ts")
    const say = (line: string): void => output.err(`${line}\n`)
    exitCode = await traceRequest(from, to, options, { ...surroundings, say })
  })
  defineDoctor(program.command("doctor"), async (names, options) => {
    const { runDoctor } = await import("./commands/doctor.ts")
    const say = (line: string): void => output.err(`${line}\n`)
    exitCode = await runDoctor(names, options, { ...surroundings, say })
  })
  const cluster = program.command("cluster").description("Embedded clusters for kubectl and other real clients.")
  defineClusterStart(cluster.command("start"), async (options) => {
    const { startCluster } = await import("./commands/cluster-start.ts")
    exitCode = await startCluster(options, surroundings)
  })
  try {
    await program.parseAsync([...args], { from: "user" })
    return exitCode
  } catch (cause) {
    // Commander has already written its message; `--help` ends with 0. 1 is what a command says when something fails.
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2
    throw cause
  }
}
