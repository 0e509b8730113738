/** Punctuation and the words `in` and `notin` stand for themselves; "" is the end of the text. */
export interface LabelToken {
  readonly kind: "identifier" | "symbol" | "keyword" | "end" | "error"
  readonly text: string
}

const SPACE = /[ \t\r\n]/
const SYMBOL = /[=!(),<>]/
const SYMBOLS: ReadonlySet<string> = new Set([")", ",", "!", "==", "=", ">", "<", "!=", "("])
const KEYWORDS: ReadonlySet<string> = new Set(["in", "notin"])

/** The longest symbol that stands at the beginning of a run of symbol characters. */
const symbolAt = (text: string, at: number): LabelToken => {
  let known = ""
  let seen = ""
  for (let index = at; index < text.length && SYMBOL.test(text[index] ?? ""); index += 1) {
    seen += text[index]
    if (SYMBOLS.has(seen)) known = seen
    else if (known !== "") break
  }
  return known === ""
    ? { kind: "error", text: `error expected: keyword found '${seen}'` }
    : { kind: "symbol", text: known }
}

const wordAt = (text: string, at: number): LabelToken => {
  let end = at
  while (end < text.length && !SPACE.test(text[end] ?? "") && !SYMBOL.test(text[end] ?? "")) end += 1
  const word = text.slice(at, end)
  return { kind: KEYWORDS.has(word) ? "keyword" : "identifier", text: word }
}

/** A label selector's text cut up as apimachinery's `labels.Lexer` does; an error ends it, as the end does. */
export const labelTokens = (text: string): readonly LabelToken[] => {
  const tokens: LabelToken[] = []
  let at = 0
  for (;;) {
    while (at < text.length && SPACE.test(text[at] ?? "")) at += 1
    if (at >= text.length) return [...tokens, { kind: "end", text: "" }]
    const token = SYMBOL.test(text[at] ?? "") ? symbolAt(text, at) : wordAt(text, at)
    tokens.push(token)
    if (token.kind === "error") return tokens
    at += token.text.length
  }
}
