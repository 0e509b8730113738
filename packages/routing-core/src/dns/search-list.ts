import type { ResolvConf } from "./resolv-conf.ts"

export const LONGEST_NAME = 254
const LONGEST_LABEL = 63

/** Can this name, with its trailing dot, be put into a query at all? */
const isAskable = (name: string): boolean => {
  if (name.length > LONGEST_NAME) return false
  let start = 0
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", start)) {
    if (dot === start || dot - start > LONGEST_LABEL) return false
    start = dot + 1
  }
  return start === name.length
}

const dotsIn = (name: string): number => {
  let dots = 0
  for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) dots += 1
  return dots
}

/**
 * Hands the complete names that are asked for `name` to `ask`, in order and each with trailing dot, until one has an
 * answer: with fewer dots than ndots the search list comes first, otherwise the name itself (resolv.conf(5)). Without
 * `search` only the name itself, as dig does it.
 */
export const askInTurn = (
  { searches, ndots }: ResolvConf,
  name: string,
  search: boolean,
  ask: (fullName: string) => boolean,
): void => {
  const tryName = (fullName: string): boolean => isAskable(fullName) && ask(fullName)
  if (name.endsWith(".")) {
    tryName(name)
    return
  }
  const itselfFirst = !search || dotsIn(name) >= ndots
  if (itselfFirst && tryName(`${name}.`)) return
  if (!search) return
  for (const suffix of searches) if (tryName(`${name}.${suffix}`)) return
  if (!itselfFirst) tryName(`${name}.`)
}
