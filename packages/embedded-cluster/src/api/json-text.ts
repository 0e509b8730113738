import { err, type JsonValue, ok, type Result } from "@pilotage/kube-model"

export interface ParsedJson {
  readonly value: JsonValue
  /** Paths of keys that were given more than once, as `spec.ports[0].port`; the last value counts. */
  readonly duplicates: readonly string[]
}

/** Deeper bodies are refused: no Kubernetes object that we know nests half as deep. */
export const DEPTH_LIMIT = 100

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }

class Failure {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const quoted = (char: string): string => (char === "'" ? `'\\''` : `'${char}'`)

/**
 * JSON text to a value, with what JSON.parse does not tell: keys given twice. Error texts are those of Go's encoding/json.
 * `__proto__` as a key is refused: no Kubernetes field is called so.
 */
export const parseJsonText = (text: string): Result<ParsedJson, string> => {
  let at = 0
  const duplicates: string[] = []
  const peek = (): string => text[at] ?? ""
  const space = (): void => {
    while (at < text.length && " \t\r\n".includes(text[at] ?? "")) at += 1
  }
  const unexpected = (context: string): Failure =>
    new Failure(at >= text.length ? "unexpected end of JSON input" : `invalid character ${quoted(peek())} ${context}`)

  const string = (): string => {
    at += 1
    let out = ""
    for (;;) {
      const char = peek()
      if (char === "") throw unexpected("")
      if (char < " ") throw unexpected("in string literal")
      at += 1
      if (char === '"') return out
      if (char !== "\\") {
        out += char
        continue
      }
      const code = peek()
      if (code === "u") {
        const hex = text.slice(at + 1, at + 5)
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new Failure("invalid character in \\u hexadecimal character escape")
        out += String.fromCharCode(Number.parseInt(hex, 16))
        at += 5
        continue
      }
      if (code === "" || !'"\\/bfnrt'.includes(code)) throw unexpected("in string escape code")
      out += ESCAPES[code] ?? code
      at += 1
    }
  }
  const literal = (): JsonValue => {
    const match = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(text.slice(at, at + 400))
    if (!match) throw unexpected("looking for beginning of value")
    at += match[0].length
    return JSON.parse(match[0]) as JsonValue
  }
  const list = (path: string, depth: number): JsonValue => {
    const out: JsonValue[] = []
    at += 1
    space()
    if (peek() === "]") {
      at += 1
      return out
    }
    for (;;) {
      out.push(value(`${path}[${out.length}]`, depth))
      space()
      const char = peek()
      if (char !== "," && char !== "]") throw unexpected("after array element")
      at += 1
      if (char === "]") return out
    }
  }
  const object = (path: string, depth: number): JsonValue => {
    const out: Record<string, JsonValue> = {}
    at += 1
    space()
    if (peek() === "}") {
      at += 1
      return out
    }
    for (;;) {
      space()
      if (peek() !== '"') throw unexpected("looking for beginning of object key string")
      const key = string()
      if (key === "__proto__") throw new Failure('the key "__proto__" is not allowed')
      space()
      if (peek() !== ":") throw unexpected("after object key")
      at += 1
      const inner = path === "" ? key : `${path}.${key}`
      if (Object.hasOwn(out, key)) duplicates.push(inner)
      out[key] = value(inner, depth)
      space()
      const char = peek()
      if (char !== "," && char !== "}") throw unexpected("after object key:value pair")
      at += 1
      if (char === "}") return out
    }
  }
  const value = (path: string, depth: number): JsonValue => {
    if (depth > DEPTH_LIMIT) throw new Failure("exceeded max depth")
    space()
    const char = peek()
    return char === "{"
      ? object(path, depth + 1)
      : char === "["
        ? list(path, depth + 1)
        : char === '"'
          ? string()
          : literal()
  }

  try {
    const parsed = value("", 0)
    space()
    if (at < text.length) return err(`invalid character ${quoted(peek())} after top-level value`)
    return ok({ value: parsed, duplicates })
  } catch (caught) {
    if (caught instanceof Failure) return err(caught.message)
    throw caught
  }
}
