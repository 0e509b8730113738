export { complete } from "./complete.ts"
export type { Clock, ExecRequest, KubectlHost, ProgramIO } from "./host.ts"
export { kubectl } from "./program.ts"
