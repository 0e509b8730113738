export { embeddedPort } from "./embedded-port.ts"
export { gradeSession } from "./grade-session.ts"
export { labClusterOptions, startCluster } from "./lab-cluster.ts"
export { type PlayedScript, playScript } from "./play-script.ts"
export {
  defaultLogLimits,
  type LogError,
  type LogErrorCode,
  type LogLimits,
  parseSessionLog,
  recordSession,
  replaySession,
  type SessionLog,
} from "./session-log.ts"
export { HOME, homeFiles, memoryFiles, terminalHost } from "./terminal-host.ts"
export { createTimeline, type Timeline } from "./timeline.ts"
export { createVirtualClock, runToEnd, type Turn, type VirtualClock } from "./virtual-clock.ts"
