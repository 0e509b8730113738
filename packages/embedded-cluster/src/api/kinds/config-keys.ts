/** What is wrong with a key of a ConfigMap's or a Secret's data (apimachinery IsConfigMapKey). */
export const configKeyProblems = (key: string): string[] => {
  if (key.length > 253) return ["must be no more than 253 characters"]
  if (key === "." || key === "..") return [`must not be '${key}'`]
  if (key.startsWith("..")) return ["must not start with '..'"]
  return /^[-._a-zA-Z0-9]+$/.test(key)
    ? []
    : [
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ]
}
