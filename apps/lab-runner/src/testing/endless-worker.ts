import type { ReplayTask } from "../replay-worker.ts"

/** Begins and never ends. */
export default ({ started }: Pick<ReplayTask, "started">): never => {
  started.postMessage("started")
  for (;;);
}
