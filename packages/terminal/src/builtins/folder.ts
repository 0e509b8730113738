import { resolvePath } from "../machines/path.ts"
import { done } from "../shell/completion.ts"
import { setVariable, variableText } from "../shell/variables.ts"
import { type Builtin, complain } from "./builtin.ts"

export const cd: Builtin = async (scope, args, name) => {
  const { shell } = scope
  const word = args.filter((arg) => arg !== "--")[0]
  const target =
    word === undefined
      ? (variableText(shell, "HOME", 0) ?? shell.station.home)
      : word === "-"
        ? variableText(shell, "OLDPWD", 0)
        : word
  if (target === undefined) {
    complain(scope, name, "OLDPWD not set")
    return done(1)
  }
  const path = resolvePath(shell.folder, target)
  const kind = shell.station.files.kind(path)
  if (kind !== "folder") {
    complain(scope, name, `${target}: ${kind === "file" ? "Not a directory" : "No such file or directory"}`)
    return done(1)
  }
  setVariable(shell, "OLDPWD", shell.folder)
  shell.folder = path
  setVariable(shell, "PWD", path, { exported: true })
  if (word === "-") scope.streams.stdout.write(`${path}\n`)
  return done(0)
}

export const pwd: Builtin = async (scope) => {
  scope.streams.stdout.write(`${scope.shell.folder}\n`)
  return done(0)
}
