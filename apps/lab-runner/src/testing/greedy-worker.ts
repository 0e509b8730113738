import type { ReplayTask } from "../replay-worker.ts"

/** Keeps all that it makes. */
export default ({ started }: Pick<ReplayTask, "started">): never => {
  started.postMessage("started")
  const kept: string[][] = []
  for (let made = 0; ; made += 1) kept.push(Array.from({ length: 1_000 }, (_, index) => `${made}.${index}`))
}
