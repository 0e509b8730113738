import type { PodConnection } from "@pilotage/embedded-cluster"
import { createCancellation } from "@pilotage/kube-model"
import { bytesOfText, type Containers, createByteReader, inputFromIterable, type Output } from "@pilotage/terminal"
import { type EndStatus, endStatus } from "./exec-status.ts"
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

const atTerminal = async (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<EndStatus> => {
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
  return endStatus(await terminal.ended, streams.isTranslated)
}

const withPipes = async (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<EndStatus> => {
  const cancellation = createCancellation()
  streams.onGone(cancellation.cancel)
  const stdin = inputFromIterable(asked.stdin ? texts(streams.stdin) : NOTHING, false)
  const outcome = await containers.exec(
    asked,
    asked.command,
    {
      stdin,
      stdout: outputTo(asked.stdout ? streams.stdout : undefined),
      stderr: outputTo(asked.stderr ? streams.stderr : undefined),
    },
    cancellation,
  )
  return endStatus(outcome, streams.isTranslated)
}

/** Runs the program of an exec with the client's streams, and tells the client how it ended. Ends with the client. */
export const remoteExec = async (containers: Containers, asked: Exec, streams: RemoteStreams): Promise<void> => {
  streams.finish(await (asked.tty ? atTerminal : withPipes)(containers, asked, streams))
}
