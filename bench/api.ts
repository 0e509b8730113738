import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { processFigures } from "./api-processes.ts"
import { servedFigures } from "./api-served.ts"
import type { Figure } from "./measure.ts"
import { populationFigures } from "./populations.ts"

const root = join(import.meta.dirname, "..")

/** The API as real clients meet it: processes, HTTPS, crowds. About two minutes; nothing else should run meanwhile. */
export const apiFigures = async (): Promise<readonly Figure[]> => {
  execFileSync(process.execPath, [join(root, "apps/cli/build/build.ts")], { stdio: "ignore" })
  return [...populationFigures(), ...(await processFigures()), ...(await servedFigures())]
}
