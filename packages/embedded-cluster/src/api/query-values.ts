const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    return text
  }
}

/** All values of a key that may be given again and again, in their order: `command=sh&command=-c`. */
export const queryValues = (path: string, key: string): readonly string[] => {
  const at = path.indexOf("?")
  if (at < 0) return []
  return path
    .slice(at + 1)
    .split("&")
    .map((pair) => pair.split("="))
    .filter(([name = ""]) => decode(name) === key)
    .map(([, ...value]) => decode(value.join("=")))
}
