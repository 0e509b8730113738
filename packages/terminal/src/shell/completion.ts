/** How control leaves a part of a script when it does not just go on with the next. */
type Flow =
  | { readonly kind: "break" | "continue"; readonly levels: number }
  | { readonly kind: "return" | "exit" | "interrupt" }

/** What came of a part of a script: `$?`, and where control goes. */
export interface Completion {
  readonly status: number
  readonly flow?: Flow
  /** The shell itself failed: a script ends, a person at a prompt goes on. */
  readonly failed?: boolean
}

export const done = (status: number): Completion => ({ status })

/** 128 + SIGINT. */
export const INTERRUPTED = 130
/** 128 + SIGPIPE. */
export const BROKEN_PIPE = 141

export const interrupted: Completion = { status: INTERRUPTED, flow: { kind: "interrupt" } }

/** An expansion or a builtin that ends the command, and a script with it, as bash does: `bash: x: unbound variable`. */
export class ShellFailure extends Error {
  readonly status: number
  constructor(message: string, status = 1) {
    super(message)
    this.status = status
  }
}
