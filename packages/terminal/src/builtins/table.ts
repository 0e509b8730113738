import { done } from "../shell/completion.ts"
import type { Builtin } from "./builtin.ts"
import { breakBuiltin, continueBuiltin, evalBuiltin, exit, returnBuiltin, source } from "./control.ts"
import { echo } from "./echo.ts"
import { cd, pwd } from "./folder.ts"
import { foreground, jobs, kill, wait } from "./jobs.ts"
import { command, type, which } from "./lookup.ts"
import { printf } from "./printf.ts"
import { test } from "./test.ts"
import {
  declare,
  exportBuiltin,
  letBuiltin,
  local,
  readBuiltin,
  readonlyBuiltin,
  set,
  shift,
  unset,
} from "./variables.ts"

const succeed: Builtin = async () => done(0)
const fail: Builtin = async () => done(1)

const BUILTINS: Readonly<Record<string, Builtin>> = {
  ":": succeed,
  true: succeed,
  false: fail,
  ".": source,
  source,
  "[": test,
  test,
  break: breakBuiltin,
  cd,
  command,
  continue: continueBuiltin,
  declare,
  typeset: declare,
  echo,
  eval: evalBuiltin,
  exit,
  logout: exit,
  export: exportBuiltin,
  fg: foreground,
  jobs,
  kill,
  let: letBuiltin,
  local,
  printf,
  pwd,
  read: readBuiltin,
  readonly: readonlyBuiltin,
  return: returnBuiltin,
  set,
  shift,
  type,
  unset,
  wait,
  which,
}

export const findBuiltin = (name: string): Builtin | undefined =>
  Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined

export const BUILTIN_NAMES: readonly string[] = Object.keys(BUILTINS)
