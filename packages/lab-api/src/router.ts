import { initTRPC } from "@trpc/server"
import { z } from "zod"
import type { ApiContext } from "./context.ts"
import { RefusalError } from "./errors.ts"

const t = initTRPC.context<ApiContext>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      // Not the stack, which tRPC adds outside production.
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      reason: error instanceof RefusalError ? error.refusal.code : undefined,
    },
  }),
})

/** Authorisation is here, in the procedures: whoever asks has a learner's cookie, and sees that learner's results only. */
const learnerProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.learnerId === undefined)
    throw new RefusalError({ code: "no-learner", message: "Your browser sent no learner cookie. Reload the page." })
  return next({ ctx: { ...ctx, learnerId: ctx.learnerId } })
})

const labId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/)
  .describe("Id of the lab, as in lab.yaml.")

/** Characters of a log; more is refused before anything reads it. */
const MAX_LOG = 1_048_576

const checkInput = z.strictObject({
  labId,
  log: z.string().describe("Session log as JSON text, at most 1 MiB."),
  answers: z.record(z.string().max(64), z.string().max(64)).describe("Answers to questions: check id to option id."),
})

const labRouter = t.router({
  /** Replays the log on the server, grades what it leads to, keeps the result and returns it. */
  check: learnerProcedure.input(checkInput).mutation(async ({ ctx, input }) => {
    if (input.log.length > MAX_LOG)
      throw new RefusalError({
        code: "too-large",
        message: `The log of your steps has ${input.log.length} characters; at most ${MAX_LOG} are taken. Reset the lab.`,
      })
    if (!(await ctx.takeGrading(ctx.learnerId)))
      throw new RefusalError({
        code: "too-many-requests",
        message: "You have checked very often. Wait a minute, then check again.",
      })
    const graded = await ctx.grader.grade(input)
    if (!graded.ok) throw new RefusalError(graded.error)
    await ctx.results.add(ctx.learnerId, input.labId, input.log, graded.value)
    return graded.value
  }),
  /** The learner's best result on one lab; null when there is none. */
  best: learnerProcedure
    .input(z.strictObject({ labId }))
    .query(async ({ ctx, input }) => (await ctx.results.best(ctx.learnerId, input.labId)) ?? null),
  /** The learner's best result on every lab that they have tried. */
  results: learnerProcedure.query(({ ctx }) => ctx.results.bestOfAll(ctx.learnerId)),
})

export const appRouter = t.router({
  health: t.procedure.query(() => ({ status: "ok" as const })),
  lab: labRouter,
})

export type AppRouter = typeof appRouter

/** Calls the router in process, as tests do. */
export const createCaller = t.createCallerFactory(appRouter)
