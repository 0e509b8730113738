/**
 * Replaces `$(NAME)` by what the name stands for; `$$(NAME)` is `$(NAME)` itself, and a name that stands for nothing stays
 * as it is written (kubernetes `third_party/forked/golang/expansion`).
 */
export const expandReferences = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? "$" : Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
