import type { PodConnection } from "@pilotage/embedded-cluster"
import { createCancellation } from "@pilotage/kube-model"
import {
  bytesOfText,
  type Containers,
  createByteReader,
  type ExecOutcome,
  inputFromIterable,
  type Output,
} from "@pilotage/terminal"
import { endStatus, success } from "./exec-status.ts"
import type { RemoteStreams, Sink } from "./remote-streams.ts"

type Exec = Extract<PodConnection, { readonly kind: "exec" | "attach" }>

const NOTHING: AsyncIterable<string> = {
  async *[Symbol.asyncIterator]() {
    // Without stdin a program is at its end from the start.
  },
}

async function* texts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const reader = createByteReader()
  for await (const chunk of chunks) yield reader.read(chunk)
  yield reader.end()
}

const outputTo = (sink: Sink | undefined): Output => ({
  isTerminal: false,
  write: (text) => {
    if (text !== "") sink?.write(bytesOfText(text))
  },
  ready: () => sink?.ready() ?? Promise.resolve(),
})

/** Columns before the client says how wide its terminal is. */
const USUAL_COLUMNS = 80

const atTerminal = async (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<ExecOutcome> => {
  const terminal = containers.execAtTerminal(asked, asked.command, {
    columns: USUAL_COLUMNS,
    write: (text) => {
      if (asked.stdout) streams.stdout.write(bytesOfText(text))
    },
  })
  streams.onGone(terminal.hangUp)
  streams.onResize(terminal.resize)
  const type = async (): Promise<void> => {
    for await (const text of texts(streams.stdin)) if (text !== "") terminal.keys(text)
  }
  if (asked.stdin) type().catch(terminal.hangUp)
  return terminal.ended
}

const withPipes = async (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<ExecOutcome> => {
  const cancellation = createCancellation()
  streams.onGone(cancellation.cancel)
  const stdin = inputFromIterable(asked.stdin ? texts(streams.stdin) : NOTHING, false)
  return containers.exec(
    asked,
    asked.command,
    {
      stdin,
      stdout: outputTo(asked.stdout ? streams.stdout : undefined),
      stderr: outputTo(asked.stderr ? streams.stderr : undefined),
    },
    cancellation,
  )
}

const run = (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<ExecOutcome> =>
  (asked.tty ? atTerminal : withPipes)(containers, asked, streams)

/** Runs the program of an exec with the client's streams, and tells the client how it ended. Ends with the client. */
export const remoteExec = async (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<void> => {
  streams.finish(endStatus(await run(containers, asked, streams), streams.isTranslated))
}

/**
 * Runs the main process of a container that waited for this attach. `ended` is told its exit code before the client is
 * told that it has ended: an attach does not say how, the pod's status does.
 */
export const remoteMain = async (
  containers: Containers,
  asked: Exec,
  streams: RemoteStreams,
  ended: (exitCode: number) => void,
): Promise<void> => {
  const outcome = await run(containers, asked, streams)
  ended("exitCode" in outcome ? outcome.exitCode : NOT_FOUND)
  streams.finish(success)
}

/** A shell's code for a program that there is not. */
const NOT_FOUND = 127
