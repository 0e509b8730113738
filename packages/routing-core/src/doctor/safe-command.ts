import type { Finding } from "./finding.ts"

/** Names as the API server takes them; a dump that somebody wrote may have others. */
const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/

/** Outside of quotes a command has words, flags and paths, and nothing that a shell would act upon. */
const PLAIN = /^[\w\s.,=/:@[\]-]*$/

const isPlain = (command: string): boolean => {
  const parts = command.replaceAll(" && kubectl ", " kubectl ").split("'")
  return parts.length % 2 === 1 && parts.every((part, index) => index % 2 === 1 || PLAIN.test(part))
}

/** A command is there to be pasted into a shell: one with a name that is none is left out. */
export const withSafeCommand = (finding: Finding): Finding => {
  const { command, ...rest } = finding
  if (command === undefined) return finding
  const names = [rest.object, rest.service].flatMap((ref) => (ref ? [ref.name, ref.namespace ?? "default"] : []))
  return names.every((name) => NAME.test(name)) && isPlain(command) ? finding : rest
}
