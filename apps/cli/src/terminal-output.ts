/** What a command says, and its exit code. Commands never write anywhere else. */
export interface Output {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}
