import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { runPilotage } from "../program.ts"
import type { Player } from "../verify/verify-lab.ts"

/** What a run of the command line printed, and its exit code. */
export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

export interface Circumstances {
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
  readonly colour?: boolean
  readonly columns?: number
  /** The user's home; the folder itself when absent. */
  readonly home?: string
  /** What plays labs; absent: nothing does. */
  readonly play?: Player
}

const playsNothing: Player = () => Promise.reject(new Error("no lab is played here"))

/** Runs `pilotage ARGS` in a folder, which is also the user's home unless another is given. */
export const runIn = async (
  folder: string,
  args: readonly string[],
  circumstances: Circumstances = {},
): Promise<Ran> => {
  const { stdin = "", env = {}, colour = false, columns = 80, home = folder, play = playsNothing } = circumstances
  let out = ""
  let err = ""
  const exitCode = await runPilotage(args, {
    folder,
    output: {
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
    },
    now: () => 0,
    play,
    env,
    home,
    stdin: async () => stdin,
    interrupted: async () => {},
    terminal: { columns, colour },
  })
  return { exitCode, out, err }
}

/** A new folder with these files; whoever makes it removes it. */
export const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-cli-"))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}
