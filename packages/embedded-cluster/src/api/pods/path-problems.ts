/** A path that must stay where it is: no step upwards (core/validation validatePathNoBacksteps). */
export const backstepProblems = (path: string): string[] =>
  path.split("/").includes("..") ? ["must not contain '..'"] : []

/** A relative path that stays below (core/validation validateLocalDescendingPath). */
export const descendingPathProblems = (path: string): string[] => [
  ...(path.startsWith("/") ? ["must be a relative path"] : []),
  ...backstepProblems(path),
]

/** The same, which may not begin with two dots either (core/validation validateLocalNonReservedPath). */
export const nonReservedPathProblems = (path: string): string[] => [
  ...descendingPathProblems(path),
  ...(path.startsWith("..") && !path.startsWith("../") && path !== ".." ? ["must not start with '..'"] : []),
]
