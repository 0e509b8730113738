import type { AppRouter } from "@pilotage/lab-api"
import type { Answers, LabBrief, LabResult } from "@pilotage/lab-kit"
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client"
import type { EngineClient } from "./engine-client.ts"

const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: "/api/trpc" })] })

export type Graded =
  | { readonly kind: "result"; readonly result: LabResult }
  | { readonly kind: "refused"; readonly message: string }

const sentence = (error: unknown): string =>
  error instanceof TRPCClientError && error.data
    ? error.message
    : "The server could not be reached. Your work is kept in this browser; check again when you are back online."

/** Sends the session's log to be replayed and graded on the server. */
export const gradeOnServer = async (lab: LabBrief, engine: EngineClient, answers: Answers): Promise<Graded> => {
  try {
    const log = await engine.requestLog()
    const result = await client.lab.check.mutate({
      labId: lab.id,
      log: JSON.stringify(log),
      answers,
    })
    return { kind: "result", result }
  } catch (error) {
    return { kind: "refused", message: sentence(error) }
  }
}

/** What the server has stored for this learner and lab, if anything. */
export const storedResult = async (labId: string): Promise<LabResult | undefined> => {
  const best = await client.lab.best.query({ labId })
  return best?.result
}
