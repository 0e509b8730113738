/** Success or failure as a value. The core throws only on its own bugs, never on input. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error })

/** What is wrong with an input: `path` is written as Kubernetes writes it, `spec.ports[0].port`. */
export interface InputError {
  readonly path: string
  readonly message: string
}
