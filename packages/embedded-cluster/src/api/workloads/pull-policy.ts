/** `nginx`, `nginx:latest` and nothing else are pulled anew each time. */
export const pullPolicyOf = (image: unknown): string => {
  if (typeof image !== "string") return "IfNotPresent"
  const [name = "", digest] = image.split("@")
  if (digest !== undefined) return "IfNotPresent"
  const tag = /:([^/:]+)$/.exec(name)?.[1]
  return tag === undefined || tag === "latest" ? "Always" : "IfNotPresent"
}
