import { z } from "zod"
import { resultsFile } from "./results-file.ts"

const count = z.number().int().nonnegative()

const sessionRun = z.object({
  /** The session's file, without its folder. */
  session: z.string(),
  /** Versions of kubectl: the one here, and the one that the session was recorded with. */
  kubectl: z.string(),
  recorded: z.string(),
  agree: count,
  total: count,
  asRecorded: count,
  byClient: count,
  byStatedRule: count,
  rules: z.array(
    z.object({ name: z.string(), kind: z.enum(["client", "stated"]), reason: z.string(), commands: count }),
  ),
  /** By kubectl's subcommand, in alphabetical order. */
  subcommands: z.array(z.object({ subcommand: z.string(), agree: count, total: count })),
  disagreements: z.array(z.object({ name: z.string(), cmd: z.string(), reason: z.string().nullable() })),
})

export type SessionRun = z.infer<typeof sessionRun>

const SESSION_RESULTS = resultsFile("kubectl.json", z.object({ runs: z.array(sessionRun) }))

/** The last saved run of `pnpm judge:kubectl` of each session and kubectl, the newest kubectl of a session first. */
export const readSessionRuns = (folder?: string): readonly SessionRun[] => SESSION_RESULTS.read(folder)?.runs ?? []

const order = (one: SessionRun, other: SessionRun): number =>
  one.session.localeCompare(other.session, "en") || other.kubectl.localeCompare(one.kubectl, "en", { numeric: true })

/** Keeps a run in place of the one before of the same session and kubectl. */
export const saveSessionRun = (run: SessionRun, folder?: string): void => {
  const others = readSessionRuns(folder).filter(
    ({ session, kubectl }) => session !== run.session || kubectl !== run.kubectl,
  )
  SESSION_RESULTS.save({ runs: [...others, run].sort(order) }, folder)
}
