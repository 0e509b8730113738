/** 32 hexadecimal digits that stand for a text: the same for the same text, and that is all. */
export const shortHash = (text: string): string => {
  let out = ""
  for (let part = 0; part < 4; part += 1) {
    let hash = 0x811c9dc5 ^ part
    for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
    out += (hash >>> 0).toString(16).padStart(8, "0")
  }
  return out
}
