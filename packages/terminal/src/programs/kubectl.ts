import { type KubectlHost, kubectl } from "@pilotage/kubectl"
import type { TerminalHost } from "../host.ts"
import { readForKubectl } from "../machines/file-system.ts"
import type { Scope } from "../shell/shell.ts"
import { inputFromIterable, iterateInput, outputTo } from "../streams/stream.ts"
import { execFailure } from "./exec-failure.ts"
import type { Program } from "./program.ts"

/** Where the learner's kubeconfig points. */
const SERVER_ADDRESS = "https://172.18.0.2:6443"

/** Two servers pass the runtime's words on, and each puts its own in front. */
const missingProgram = (program: string): string =>
  `Internal error occurred: Internal error occurred: ${execFailure(program)}`

/** The namespace that `kubectl config set-context --current` chose, for each terminal that it was typed in. */
const chosenNamespaces = new WeakMap<TerminalHost, string>()

/** kubectl's view of this terminal: its files, its editor, and containers that run our programs. */
export const kubectlHost = (scope: Scope): KubectlHost => ({
  transport: scope.world.host.transport,
  edit: scope.world.host.edit,
  clock: scope.world.host.clock,
  defaultNamespace: chosenNamespaces.get(scope.world.host) ?? scope.world.host.defaultNamespace,
  saveNamespace: (namespace) => {
    chosenNamespaces.set(scope.world.host, namespace)
  },
  serverAddress: SERVER_ADDRESS,
  readFile: (path) => readForKubectl(scope.shell.station.files, scope.shell.folder, path),
  async exec(request, io) {
    const station = scope.world.enterPod({
      namespace: request.namespace,
      pod: request.pod,
      ...(request.container === undefined ? {} : { container: request.container }),
    })
    if ("error" in station) return station
    const streams = {
      stdin: request.tty ? scope.streams.stdin : inputFromIterable(request.stdin ? io.stdin : NOTHING, false),
      stdout: outputTo(io.stdout, io.isTerminal && request.tty),
      stderr: outputTo(request.tty ? io.stdout : io.stderr, request.tty),
    }
    const exitCode = await scope.world.runOn(
      station,
      request.argv,
      streams,
      io.cancellation,
      request.tty ? scope.world.tty : undefined,
    )
    return exitCode === undefined ? { error: missingProgram(request.argv[0] ?? "") } : { exitCode }
  },
})

const NOTHING: AsyncIterable<string> = {
  async *[Symbol.asyncIterator]() {
    // Without -i a container's stdin is at its end from the start.
  },
}

export const kubectlProgram: Program = (run) =>
  kubectl(run.args, kubectlHost(run.scope), {
    stdin: iterateInput(run.streams.stdin, run.cancellation),
    stdout: run.streams.stdout.write,
    stderr: run.streams.stderr.write,
    isTerminal: run.streams.stdout.isTerminal && run.streams.stdin.isTerminal,
    cancellation: run.cancellation,
  })
