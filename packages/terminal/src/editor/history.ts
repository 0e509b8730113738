/** A walk through earlier lines: up and down, and back to what was being typed. */
export interface HistoryWalk {
  readonly older: (current: string) => string | undefined
  readonly newer: (current: string) => string | undefined
  /** The newest line, older than the `skip` newest matches, that contains `text`. */
  readonly find: (text: string, skip: number) => string | undefined
}

export const walkHistory = (lines: readonly string[]): HistoryWalk => {
  const edited = new Map<number, string>()
  let position = lines.length
  const go = (to: number, current: string): string | undefined => {
    if (to < 0 || to > lines.length) return undefined
    edited.set(position, current)
    position = to
    return edited.get(to) ?? lines[to] ?? ""
  }
  return {
    older: (current) => go(position - 1, current),
    newer: (current) => go(position + 1, current),
    find: (text, skip) => lines.filter((line) => line.includes(text)).at(-1 - skip),
  }
}
