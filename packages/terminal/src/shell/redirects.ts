import type { Redirect, Redirection } from "unbash"
import { expandToText, textOfParts } from "../expansion/words.ts"
import { resolvePath } from "../machines/path.ts"
import { discard, inputFromText, type Output, outputTo, type Streams } from "../streams/stream.ts"
import { ShellFailure } from "./completion.ts"
import type { Scope } from "./shell.ts"

/** Opens a file for writing; every write goes to the file at once. */
const openFile = (scope: Scope, path: string, target: string, append: boolean): Output => {
  if (path === "/dev/null") return discard
  if (path === "/dev/stdout") return scope.streams.stdout
  if (path === "/dev/stderr") return scope.streams.stderr
  const { files } = scope.shell.station
  const opened = files.write(path, "", append)
  if (!opened.ok) throw new ShellFailure(`${target}: ${opened.error}`)
  let failed = false
  return outputTo((text) => {
    const written = failed ? undefined : files.write(path, text, true)
    if (written?.ok !== false) return
    failed = true
    scope.streams.stderr.write(`${scope.shell.name}: ${target}: write error: ${written.error}\n`)
  })
}

const duplicate = (streams: Streams, from: number, target: string): Streams => {
  const output =
    target === "1" ? streams.stdout : target === "2" ? streams.stderr : target === "-" ? discard : undefined
  if (!output) throw new ShellFailure(`${target}: Bad file descriptor`)
  return from === 2 ? { ...streams, stderr: output } : { ...streams, stdout: output }
}

const applyRedirect = async (scope: Scope, redirect: Redirect, streams: Streams): Promise<Streams> => {
  if (!redirect.target) return streams
  const target = await expandToText(scope, redirect.target)
  if (target === "") throw new ShellFailure(": No such file or directory")
  const path = resolvePath(scope.shell.folder, target)
  const reads = redirect.operator === "<" || redirect.operator === "<&" || redirect.operator === "<>"
  const descriptor = redirect.descriptor?.type === "FileDescriptor" ? redirect.descriptor.value : reads ? 0 : 1
  if (descriptor > 2) throw new ShellFailure(`${descriptor}: Bad file descriptor`)
  switch (redirect.operator) {
    case "<":
    case "<>": {
      if (path === "/dev/stdin") return streams
      const text = scope.shell.station.files.read(path)
      if (!text.ok) throw new ShellFailure(`${target}: ${text.error}`)
      return { ...streams, stdin: inputFromText(text.value) }
    }
    case "<&":
      return streams
    case ">&":
      if (/^(\d+|-)$/.test(target)) return duplicate(streams, descriptor, target)
      return both(streams, openFile(scope, path, target, false))
    case "&>":
    case "&>>":
      return both(streams, openFile(scope, path, target, redirect.operator === "&>>"))
    case ">":
    case ">|":
    case ">>": {
      const output = openFile({ ...scope, streams }, path, target, redirect.operator === ">>")
      return descriptor === 2 ? { ...streams, stderr: output } : { ...streams, stdout: output }
    }
  }
}

const both = (streams: Streams, output: Output): Streams => ({ ...streams, stdout: output, stderr: output })

const hereDocument = async (scope: Scope, redirect: Extract<Redirection, { type: "HereDoc" }>): Promise<string> => {
  const { body, delimiter, operator } = redirect
  const text = body.parts && delimiter?.quoted !== true ? await textOfParts(scope, body.parts) : body.text
  return operator === "<<-" ? text.replace(/^\t+/gm, "") : text
}

/** The streams of a command, redirects applied from left to right. Throws ShellFailure when a file cannot be opened. */
export const redirected = async (scope: Scope, redirects: readonly Redirection[]): Promise<Streams> => {
  let { streams } = scope
  for (const redirect of redirects) {
    if (redirect.type === "HereDoc") streams = { ...streams, stdin: inputFromText(await hereDocument(scope, redirect)) }
    else if (redirect.type === "HereString") {
      const text = redirect.target ? await expandToText(scope, redirect.target) : ""
      streams = { ...streams, stdin: inputFromText(`${text}\n`) }
    } else streams = await applyRedirect(scope, redirect, streams)
  }
  return streams
}
