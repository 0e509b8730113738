/** Splits a recorded command line into words as a shell does: spaces, single and double quotes. No expansion. */
export const shellWords = (line: string): readonly string[] => {
  const words: string[] = []
  let word: string | undefined
  let quote = ""
  for (const char of line) {
    if (quote !== "") {
      if (char === quote) quote = ""
      else word += char
    } else if (char === "'" || char === '"') {
      quote = char
      word ??= ""
    } else if (char === " ") {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? "") + char
  }
  return word === undefined ? words : [...words, word]
}
