import { quotePattern } from "./pattern.ts"

/** A word under way: `text` is what it says, `pattern` the same with quoted characters escaped. */
interface Field {
  readonly text: string
  readonly pattern: string
}

/** Collects the fields that one word becomes. */
export interface FieldBuilder {
  /** Stands for itself and does not split. A quoted empty text still makes a field. */
  readonly quoted: (text: string) => void
  /** Written in the word: does not split, and `*` in it is a pattern. */
  readonly pattern: (text: string) => void
  /** The value of an expansion outside quotes: splits at IFS, and `*` in it is a pattern. */
  readonly unquoted: (text: string) => void
  /** Ends a field and begins the next, as between the elements of "$@". */
  readonly separate: () => void
  readonly fields: () => readonly Field[]
}

const isBlank = (character: string): boolean => character === " " || character === "\t" || character === "\n"

export const createFieldBuilder = (ifs: string, splits: boolean): FieldBuilder => {
  const fields: Field[] = []
  let text = ""
  let pattern = ""
  let present = false
  const flush = (): void => {
    if (present) fields.push({ text, pattern })
    text = ""
    pattern = ""
    present = false
  }
  const add = (value: string, asPattern: string): void => {
    text += value
    pattern += asPattern
    present = true
  }
  const live = (value: string): string => value.replace(/\\/g, "\\\\")
  return {
    quoted: (value) => add(value, quotePattern(value)),
    pattern: (value) => add(value, value),
    unquoted(value) {
      if (!splits || ifs === "") {
        if (value !== "") add(value, live(value))
        return
      }
      let word = ""
      let afterBlank = false
      const take = (): void => {
        if (word !== "") add(word, live(word))
        word = ""
      }
      for (const character of value) {
        if (!ifs.includes(character)) {
          word += character
          afterBlank = false
        } else if (isBlank(character)) {
          take()
          flush()
          afterBlank = true
        } else {
          take()
          if (!afterBlank) present = true
          flush()
          afterBlank = false
        }
      }
      take()
    },
    separate() {
      present = true
      flush()
    },
    fields() {
      flush()
      return fields
    },
  }
}
