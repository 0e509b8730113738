export type { ApiContext, GradeRequest, Grader, ResultStore, StoredResult } from "./context.ts"
export { ERROR_CODES, type ErrorCode, type Refusal } from "./errors.ts"
export { type AppRouter, appRouter } from "./router.ts"
