import { err, type JsonValue, ok, type Result } from "@pilotage/kube-model"

export interface ParsedJson {
  readonly value: JsonValue
  /** Paths of keys that were given more than once, as `spec.ports[0].port`; the last value counts. */
  readonly duplicates: readonly string[]
}

/** Deeper bodies are refused: no Kubernetes object that we know nests half as deep. */
export const DEPTH_LIMIT = 100

/** So many keys that are given twice are told; nobody reads on. */
const MOST_DUPLICATES = 1000

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }

/** What ends a run of plain characters in a string: its end, an escape, or a control character. */
const SPECIAL = /[^ !#-[\]-\uffff]/g
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** Longer numbers are none. */
const LONGEST_NUMBER = 400

class Failure {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const quoted = (char: string): string => (char === "'" ? `'\\''` : `'${char}'`)

/** `spec.ports[0].port` of the keys and indices on the way. */
const pathText = (steps: readonly (string | number)[]): string =>
  steps.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`),
    "",
  )

/**
 * JSON text to a value, with what JSON.parse does not tell: keys given twice. Error texts are those of Go's encoding/json.
 * `__proto__` as a key is refused: no Kubernetes field is called so. Takes time in proportion to the text.
 */
export const parseJsonText = (text: string): Result<ParsedJson, string> => {
  let at = 0
  const duplicates: string[] = []
  /** Keys and indices that lead to where we are. */
  const steps: (string | number)[] = []
  const peek = (): string => text[at] ?? ""
  const space = (): void => {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      at += 1
    }
  }
  const unexpected = (context: string): Failure =>
    new Failure(at >= text.length ? "unexpected end of JSON input" : `invalid character ${quoted(peek())} ${context}`)

  const escaped = (): string => {
    const code = peek()
    if (code === "u") {
      const hex = text.slice(at + 1, at + 5)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new Failure("invalid character in \\u hexadecimal character escape")
      at += 5
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    if (code === "" || !'"\\/bfnrt'.includes(code)) throw unexpected("in string escape code")
    at += 1
    return ESCAPES[code] ?? code
  }
  const string = (): string => {
    at += 1
    let out = ""
    for (;;) {
      SPECIAL.lastIndex = at
      const end = SPECIAL.test(text) ? SPECIAL.lastIndex - 1 : text.length
      out = out === "" ? text.slice(at, end) : out + text.slice(at, end)
      at = end
      const char = peek()
      if (char === "") throw unexpected("")
      if (char < " ") throw unexpected("in string literal")
      at += 1
      if (char === '"') return out
      out += escaped()
    }
  }
  const word = (expected: string, value: JsonValue): JsonValue => {
    if (!text.startsWith(expected, at)) throw unexpected("looking for beginning of value")
    at += expected.length
    return value
  }
  const number = (): JsonValue => {
    NUMBER.lastIndex = at
    const match = NUMBER.exec(text)
    if (!match) throw unexpected("looking for beginning of value")
    at += Math.min(match[0].length, LONGEST_NUMBER)
    return Number(match[0].slice(0, LONGEST_NUMBER))
  }
  const list = (depth: number): JsonValue => {
    const out: JsonValue[] = []
    at += 1
    space()
    if (peek() === "]") {
      at += 1
      return out
    }
    for (;;) {
      steps.push(out.length)
      out.push(value(depth))
      steps.pop()
      space()
      const char = peek()
      if (char !== "," && char !== "]") throw unexpected("after array element")
      at += 1
      if (char === "]") return out
    }
  }
  const object = (depth: number): JsonValue => {
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
      steps.push(key)
      if (Object.hasOwn(out, key) && duplicates.length < MOST_DUPLICATES) duplicates.push(pathText(steps))
      out[key] = value(depth)
      steps.pop()
      space()
      const char = peek()
      if (char !== "," && char !== "}") throw unexpected("after object key:value pair")
      at += 1
      if (char === "}") return out
    }
  }
  const value = (depth: number): JsonValue => {
    if (depth > DEPTH_LIMIT) throw new Failure("exceeded max depth")
    space()
    switch (peek()) {
      case "{":
        return object(depth + 1)
      case "[":
        return list(depth + 1)
      case '"':
        return string()
      case "t":
        return word("true", true)
      case "f":
        return word("false", false)
      case "n":
        return word("null", null)
      default:
        return number()
    }
  }

  try {
    const parsed = value(0)
    space()
    if (at < text.length) return err(`invalid character ${quoted(peek())} after top-level value`)
    return ok({ value: parsed, duplicates })
  } catch (caught) {
    if (caught instanceof Failure) return err(caught.message)
    throw caught
  }
}
