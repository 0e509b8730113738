/**
 * A name for a text that changes when the text does: 32 hexadecimal digits (four lanes of FNV-1a). Clients keep what they
 * got under it (`?hash=`, ETag); it keeps no secrets.
 */
export const textHash = (text: string): string => {
  let [a, b, c, d] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca77)
    c = Math.imul(c ^ (code + at), 0xc2b2ae3d)
    d = Math.imul(d ^ (a >>> 15), 0x27d4eb2f)
  }
  return [a, b, c, d].map((lane) => (lane >>> 0).toString(16).toUpperCase().padStart(8, "0")).join("")
}
