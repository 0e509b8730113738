/** JSON with its keys in order: equal values have equal texts. A key with undefined is no key. */
export const canonicalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalText(each ?? null)).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalText(each)}`).join(",")}}`
}
