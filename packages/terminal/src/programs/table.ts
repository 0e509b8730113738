import { awk } from "./awk.ts"
import { curl } from "./curl/curl.ts"
import { dig } from "./dns/dig.ts"
import { host } from "./dns/host.ts"
import { nslookup } from "./dns/nslookup.ts"
import { editor } from "./editor.ts"
import { cp, ls, mkdir, mv, rm, touch } from "./files.ts"
import { grep } from "./grep.ts"
import { clear, help, history } from "./help.ts"
import { ip } from "./ip.ts"
import { kubectlProgram } from "./kubectl.ts"
import { date, env, hostname, id, sleep, timeout, uname, whoami } from "./machine.ts"
import { agnhost } from "./netcat/agnhost.ts"
import { nc } from "./netcat/nc.ts"
import { ping } from "./ping.ts"
import type { Program } from "./program.ts"
import { sed } from "./sed/sed.ts"
import { shellProgram } from "./shell.ts"
import { ssh } from "./ssh.ts"
import { cat, head, tail, tee, wc } from "./streams.ts"
import { tar } from "./tar/tar.ts"
import { basename, cut, dirname, seq, sort, tr, uniq } from "./text.ts"
import { watch } from "./watch.ts"
import { wget } from "./wget.ts"
import { xargs } from "./xargs.ts"

/** In every image with a shell. */
export const TEXT_PROGRAMS: Readonly<Record<string, Program>> = {
  ash: shellProgram,
  awk,
  basename,
  bash: shellProgram,
  cat,
  clear,
  cp,
  cut,
  date,
  dirname,
  env,
  grep,
  head,
  hostname,
  id,
  ls,
  mkdir,
  mv,
  printenv: env,
  rm,
  sed,
  seq,
  sh: shellProgram,
  sleep,
  sort,
  tail,
  tar,
  tee,
  timeout,
  touch,
  tr,
  uname,
  uniq,
  wc,
  whoami,
  xargs,
}

/** Where the image brings them. */
export const BROUGHT_PROGRAMS: Readonly<Record<string, Program>> = {
  agnhost,
  curl,
  dig,
  host,
  ip,
  nc,
  nslookup,
  ping,
  watch,
  wget,
}

/** On the learner's machine alone. */
export const WORKSTATION_PROGRAMS: Readonly<Record<string, Program>> = {
  help,
  history,
  k: kubectlProgram,
  kubectl: kubectlProgram,
  nano: editor,
  ssh,
  vi: editor,
  vim: editor,
}
