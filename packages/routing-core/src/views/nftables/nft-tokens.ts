/** A text that is not in the language; `path` says where, as `line 7`. */
export class NftSyntaxError extends Error {
  readonly path: string

  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}

/** Words of a text, one after another; lines end with `\n`, except inside of braces that hold lists. */
export class Tokens {
  readonly #tokens: readonly { readonly text: string; readonly line: number }[]
  #place = 0

  constructor(text: string) {
    this.#tokens = text.split("\n").flatMap((line, index) =>
      [...(line.match(/"[^"]*"|[{},;]|[^\s{},;"]+/g) ?? []), "\n"].map((token) => ({
        text: token,
        line: index + 1,
      })),
    )
  }

  /** Undefined at the end. */
  peek(offset = 0): string | undefined {
    return this.#tokens[this.#place + offset]?.text
  }

  next(): string {
    const token = this.peek()
    if (token === undefined) throw this.error("is where the text ends, too early")
    this.#place += 1
    return token
  }

  /** Takes these words when they come next. */
  take(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.peek(index) === word)) return false
    this.#place += words.length
    return true
  }

  expect(...words: readonly string[]): void {
    for (const word of words)
      if (this.next() !== word) {
        this.#place -= 1
        throw this.error(`is not ${JSON.stringify(word)}`)
      }
  }

  skipLines(): void {
    while (this.take("\n"));
  }

  /** Of the next word. */
  get line(): number {
    return this.#tokens[Math.min(this.#place, this.#tokens.length - 1)]?.line ?? 0
  }

  error(message: string): NftSyntaxError {
    return new NftSyntaxError(`line ${this.line}`, `${JSON.stringify(this.peek() ?? "")} ${message}`)
  }
}
