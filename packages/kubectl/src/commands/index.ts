import type { Command } from "../command.ts"
import { apiResources, apiVersions } from "./api-resources.ts"
import { apply } from "./apply.ts"
import { auth } from "./auth.ts"
import { clusterInfo } from "./cluster-info.ts"
import { config } from "./config.ts"
import { cordon, uncordon } from "./cordon.ts"
import { create } from "./create.ts"
import { deleteCommand } from "./delete.ts"
import { describe } from "./describe.ts"
import { diff } from "./diff.ts"
import { edit } from "./edit.ts"
import { events } from "./events.ts"
import { exec } from "./exec.ts"
import { explain } from "./explain.ts"
import { expose } from "./expose.ts"
import { get } from "./get.ts"
import { annotate, label } from "./label.ts"
import { logs } from "./logs.ts"
import { patch } from "./patch.ts"
import { replace } from "./replace.ts"
import { rollout } from "./rollout.ts"
import { run } from "./run.ts"
import { scale } from "./scale.ts"
import { set } from "./set.ts"
import { version } from "./version.ts"
import { wait } from "./wait.ts"

/** All commands, in the order in which suggestions for a typing mistake are given. */
export const COMMANDS: readonly Command[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  deleteCommand,
  rollout,
  scale,
  clusterInfo,
  cordon,
  uncordon,
  describe,
  logs,
  exec,
  auth,
  events,
  diff,
  apply,
  patch,
  replace,
  wait,
  label,
  annotate,
  apiResources,
  apiVersions,
  config,
  version,
]
