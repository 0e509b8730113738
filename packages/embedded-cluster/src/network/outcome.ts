import type { HttpExchange } from "../cluster.ts"

export type HttpOutcome = HttpExchange["outcome"]
export type { HttpRequest } from "../cluster.ts"
