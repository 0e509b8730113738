import { err, type Labels, ok, type Result } from "@pilotage/kube-model"
import { errorText, type FieldError, invalid } from "../field-error.ts"
import { labelValueProblems, qualifiedNameProblems } from "../names.ts"
import { type LabelToken, labelTokens } from "./label-tokens.ts"

export type LabelFilter = (labels: Labels | undefined) => boolean

type Operator = "in" | "notin" | "=" | "==" | "!=" | ">" | "<" | "exists" | "!"

interface Requirement {
  readonly key: string
  readonly operator: Operator
  /** Sorted, each once. */
  readonly values: readonly string[]
}

const OPERATORS: ReadonlySet<string> = new Set(["in", "notin", "=", "==", "!=", ">", "<"])
/** As messages name them. */
const OPERATOR_NAMES = "in, notin, =, ==, !=, gt, lt"

class Refusal {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

const wholeNumber = (text: string): bigint | undefined => (/^[+-]?\d+$/.test(text) ? BigInt(text) : undefined)

const isMet = ({ key, operator, values }: Requirement, labels: Labels): boolean => {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case "exists":
      return value !== undefined
    case "!":
      return value === undefined
    case "in":
    case "=":
    case "==":
      return value !== undefined && values.includes(value)
    case "notin":
    case "!=":
      return value === undefined || !values.includes(value)
    case ">":
    case "<": {
      const [left, right] = [wholeNumber(value ?? ""), wholeNumber(values[0] ?? "")]
      if (left === undefined || right === undefined) return false
      return operator === ">" ? left > right : left < right
    }
  }
}

/** apimachinery `labels.NewRequirement`; several problems are told in brackets. */
const checkValues = ({ key, operator, values }: Requirement): void => {
  const errors: FieldError[] = []
  if ((operator === ">" || operator === "<") && wholeNumber(values[0] ?? "") === undefined)
    errors.push(invalid("values[0]", values[0], "for 'Gt', 'Lt' operators, the value must be an integer"))
  for (const [index, value] of values.entries()) {
    const problems = labelValueProblems(value)
    if (problems.length > 0) errors.push(invalid(`values[${index}][${key}]`, value, problems.join("; ")))
  }
  const texts = errors.map(errorText)
  if (texts.length > 0) throw new Refusal(texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`)
}

/** What apimachinery's `labels.Parser` makes of the text: the same grammar, the same words when it does not fit. */
const parse = (tokens: readonly LabelToken[]): readonly Requirement[] => {
  let at = 0
  const end: LabelToken = tokens.at(-1) ?? { kind: "end", text: "" }
  const peek = (): LabelToken => tokens[at] ?? end
  const take = (): LabelToken => {
    at += 1
    return tokens[at - 1] ?? end
  }
  const is = (token: LabelToken, text: string): boolean => token.kind === "symbol" && token.text === text
  // Where no operator can stand, `in` and `notin` are names like others.
  const isName = ({ kind }: LabelToken): boolean => kind === "identifier" || kind === "keyword"

  const listed = (): string[] => {
    const values: string[] = []
    for (;;) {
      const token = take()
      if (isName(token)) {
        values.push(token.text)
        const next = peek()
        if (is(next, ")")) return values
        if (!is(next, ",")) throw new Refusal(`found '${next.text}', expected: ',' or ')'`)
      } else if (is(token, ",")) {
        if (values.length === 0) values.push("")
        if (is(peek(), ")")) return [...values, ""]
        if (is(peek(), ",")) {
          take()
          values.push("")
        }
      } else throw new Refusal(`found '${token.text}', expected: ',', or identifier`)
    }
  }
  const setValues = (): string[] => {
    const open = take()
    if (!is(open, "(")) throw new Refusal(`found '${open.text}' expected: '('`)
    const first = peek()
    if (is(first, ")")) {
      take()
      return [""]
    }
    if (!isName(first) && !is(first, ",")) throw new Refusal(`found '${first.text}', expected: ',', ')' or identifier`)
    const values = listed()
    take()
    return values
  }
  const oneValue = (): string[] => {
    const next = peek()
    if (next.kind === "end" || is(next, ",")) return [""]
    const token = take()
    if (!isName(token)) throw new Refusal(`found '${token.text}', expected: identifier`)
    return [token.text]
  }
  const requirement = (): Requirement => {
    const isNegated = is(peek(), "!")
    if (isNegated) take()
    const name = take()
    if (!isName(name)) throw new Refusal(`found '${name.text}', expected: identifier`)
    const key = name.text
    const problems = qualifiedNameProblems(key)
    if (problems.length > 0) throw new Refusal(errorText(invalid("<nil>", key, problems.join("; "))))
    if (isNegated) return { key, operator: "!", values: [] }
    const next = peek()
    if (next.kind === "end" || is(next, ",")) return { key, operator: "exists", values: [] }
    const operator = take().text as Operator
    if (!OPERATORS.has(operator)) throw new Refusal(`found '${operator}', expected: ${OPERATOR_NAMES}`)
    const values = operator === "in" || operator === "notin" ? setValues() : oneValue()
    const made = { key, operator, values: [...new Set(values)].sort() }
    checkValues(made)
    return made
  }

  const requirements: Requirement[] = []
  for (;;) {
    const first = peek()
    if (first.kind === "end") return requirements
    if (!isName(first) && !is(first, "!"))
      throw new Refusal(`found '${first.text}', expected: !, identifier, or 'end of string'`)
    try {
      requirements.push(requirement())
    } catch (caught) {
      throw caught instanceof Refusal ? new Refusal(`unable to parse requirement: ${caught.message}`) : caught
    }
    const next = take()
    if (next.kind === "end") return requirements
    if (!is(next, ",")) throw new Refusal(`found '${next.text}', expected: ',' or 'end of string'`)
    const after = peek()
    if (!isName(after) && !is(after, "!")) throw new Refusal(`found '${after.text}', expected: identifier after ','`)
  }
}

/** `app=web,tier in (a,b),!canary`; undefined when the text selects everything. */
export const parseLabelSelector = (text: string): Result<LabelFilter | undefined, string> => {
  try {
    const requirements = parse(labelTokens(text))
    if (requirements.length === 0) return ok(undefined)
    return ok((labels) => requirements.every((each) => isMet(each, labels ?? {})))
  } catch (caught) {
    if (caught instanceof Refusal) return err(caught.message)
    throw caught
  }
}
