import { nameOf } from "../machines/path.ts"
import type { Program } from "./program.ts"

/** `vi FILE`: opens the page's editor on the file; saves what comes back. */
export const editor: Program = async (run) => {
  const name = run.args.filter((arg) => !arg.startsWith("-") && !arg.startsWith("+"))[0]
  if (name === undefined) {
    run.complain("which file? Give its name")
    return 1
  }
  const path = run.path(name)
  const before = run.files.read(path)
  if (!before.ok && before.error !== "No such file or directory") {
    run.complain(`${name}: ${before.error}`)
    return 1
  }
  const text = await run.scope.world.host.edit(nameOf(path), before.ok ? before.value : "")
  if (text === undefined) return 0
  const written = run.files.write(path, text, false)
  if (written.ok) return 0
  run.complain(`${name}: ${written.error}`)
  return 1
}
