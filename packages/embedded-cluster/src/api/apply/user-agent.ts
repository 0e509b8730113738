import { type FieldError, invalid, tooLong } from "../field-error.ts"

/** Bytes of a manager's name. */
const NAME_LIMIT = 128

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u

const bytes = (char: string): number => {
  const code = char.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

const length = (text: string): number => [...text].reduce((sum, char) => sum + bytes(char), 0)

/** Who writes, when a request names no manager: the client's name, what is before the first slash of its user agent. */
const clientName = (userAgent: string): string => {
  let name = ""
  for (const char of userAgent.split("/")[0] ?? "") {
    if (UNPRINTABLE.test(char)) continue
    if (length(name) + bytes(char) > NAME_LIMIT) break
    name += char
  }
  return name
}

/** The field manager of a request; undefined when it says neither `fieldManager` nor who the client is. */
export const managerName = (
  query: { readonly get: (key: string) => string | undefined },
  headers: Readonly<Record<string, string>>,
): string | undefined => {
  const given = query.get("fieldManager")
  if (given) return given
  const agent = headers["user-agent"]
  return agent === undefined ? undefined : clientName(agent)
}

/** What is wrong with `fieldManager` of a query (apimachinery `meta/v1/validation` ValidateFieldManager). */
export const managerNameErrors = (name: string): readonly FieldError[] => {
  const errors: FieldError[] = []
  if (length(name) > NAME_LIMIT) errors.push(tooLong("fieldManager", NAME_LIMIT))
  let position = 0
  for (const char of name) {
    if (UNPRINTABLE.test(char)) {
      const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")
      errors.push(invalid("fieldManager", name, `invalid character U+${code} (at position ${position})`))
    }
    position += bytes(char)
  }
  return errors
}
