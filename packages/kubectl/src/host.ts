import type { Cancellation, KubeAnswer, KubeRequest } from "@pilotage/kube-model"

/** A program's three streams and its Ctrl-C. Writes are never lost; a reader that went away cancels the program. */
export interface ProgramIO {
  /** Chunks of text; ends at end of file. An idle terminal gives none. */
  readonly stdin: AsyncIterable<string>
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Is stdout a terminal (and not a pipe or file)? */
  readonly isTerminal: boolean
  readonly cancellation: Cancellation
}

/** Virtual time. `sleep` resolves when the time has come or at once when cancelled. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number, cancellation: Cancellation) => Promise<void>
}

export interface ExecRequest {
  readonly namespace: string
  readonly pod: string
  readonly container?: string
  readonly argv: readonly string[]
  readonly stdin: boolean
  readonly tty: boolean
}

/** All that kubectl needs of the world. */
export interface KubectlHost {
  readonly transport: (request: KubeRequest) => Promise<KubeAnswer>
  /** Runs a program in a container; the exit code, or the server's refusal as text (`unable to upgrade connection: …`). */
  readonly exec: (
    request: ExecRequest,
    io: ProgramIO,
  ) => Promise<{ readonly exitCode: number } | { readonly error: string }>
  /** undefined: no such file. A folder is a list of its file names. */
  readonly readFile: (path: string) => string | readonly string[] | undefined
  /** The learner's editor: resolves to the saved text, or undefined when they quit without saving. */
  readonly edit: (name: string, text: string) => Promise<string | undefined>
  readonly clock: Clock
  readonly defaultNamespace: string
  /** `config set-context --current --namespace`: the next command's default namespace. Absent: the kubeconfig is read-only. */
  readonly saveNamespace?: (namespace: string) => void
  readonly serverAddress: string
}
