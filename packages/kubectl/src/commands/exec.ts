import type { Command } from "../command.ts"
import { Failure, plainError } from "../failure.ts"
import type { ProgramIO } from "../host.ts"
import { at, text } from "../json-value.ts"
import { containerOf, podFor } from "../resources/pods.ts"
import { oneObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"

const WAIT_MS = 60_000

async function* nothing(): AsyncGenerator<string, void> {}

interface Attachment {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly argv: readonly string[]
  readonly stdin: boolean
  readonly tty: boolean
}

/** Runs a program in a container with our streams; its exit code is ours. */
export const runInContainer = async (session: Session, attachment: Attachment): Promise<number> => {
  const { io, host } = session
  const tty = attachment.tty && io.isTerminal
  if (attachment.tty && !io.isTerminal)
    session.printError("Unable to use a TTY - input is not a terminal or the right kind of file")
  const streams: ProgramIO = {
    stdin: attachment.stdin ? io.stdin : nothing(),
    stdout: io.stdout,
    stderr: io.stderr,
    isTerminal: tty,
    cancellation: io.cancellation,
  }
  const outcome = await host.exec({ ...attachment, tty }, streams)
  session.checkInterrupt()
  if ("error" in outcome) throw plainError(outcome.error)
  if (outcome.exitCode !== 0)
    throw new Failure(`command terminated with exit code ${outcome.exitCode}`, outcome.exitCode)
  return 0
}

export const exec: Command = {
  name: "exec",
  summary: "Run a program in a container",
  usage: "(POD | TYPE/NAME) [-c CONTAINER] [-it] -- COMMAND [args...]",
  completes: "pods",
  flags: [
    { name: "container", short: "c", kind: "string" },
    { name: "stdin", short: "i", kind: "bool" },
    { name: "tty", short: "t", kind: "bool" },
    { name: "quiet", short: "q", kind: "bool" },
    { name: "filename", short: "f", kind: "list" },
    { name: "pod-running-timeout", kind: "duration", default: "1m0s" },
  ],
  async run(session) {
    const before = session.dash ?? session.args.length
    const words = session.args.slice(0, before)
    const argv = session.args.slice(before)
    if (words.length === 0) throw plainError("pod, type/name or --filename must be specified")
    if (argv.length === 0) {
      if (words.length > 1)
        throw plainError(
          "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
        )
      throw plainError("you must specify at least one command for the container")
    }
    if (words.length > 1)
      throw plainError(
        `expected 'exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]'.\nPOD or TYPE/NAME is a required argument for the exec command\nSee 'kubectl exec -h' for help and examples`,
      )
    const live = await oneObject(session, words, "pods")
    const { pod } = await podFor(session, live, session.flags.number("pod-running-timeout") || WAIT_MS)
    const phase = text(at(pod, "status", "phase"))
    if (phase === "Succeeded" || phase === "Failed")
      throw plainError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
    return runInContainer(session, {
      namespace: text(at(pod, "metadata", "namespace")) || session.namespace,
      pod: text(at(pod, "metadata", "name")),
      container: containerOf(session, pod, session.flags.text("container"), session.flags.bool("quiet")),
      argv,
      stdin: session.flags.bool("stdin"),
      tty: session.flags.bool("tty"),
    })
  },
}
