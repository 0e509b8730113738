/** Command line flags as Go programs take them: `--name=value`, `--name value`, `-name=value`. */
export const flagValue = (argv: readonly string[], name: string): string | undefined => {
  for (const [index, arg] of argv.entries()) {
    const bare = arg.replace(/^--?/, "")
    if (bare === arg) continue
    if (bare === name) return argv[index + 1]
    if (bare.startsWith(`${name}=`)) return bare.slice(name.length + 1)
  }
  return undefined
}

/** A port number from a flag; undefined when it is no number between 1 and 65535. */
export const portFlag = (argv: readonly string[], name: string, fallback: number): number | undefined => {
  const value = flagValue(argv, name)
  if (value === undefined) return fallback
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535 ? Number(value) : undefined
}
