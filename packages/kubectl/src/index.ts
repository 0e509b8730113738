export type { Clock, ExecRequest, KubectlHost, ProgramIO } from "./host.ts"
