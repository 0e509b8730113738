export { type DataFolder, takeDataFolder } from "./data-folder.ts"
export { type EmbeddedPostgresql, startEmbeddedPostgresql } from "./embedded-postgresql.ts"
export { OperatorError } from "./operator-error.ts"
export { type Runner, startRunner } from "./runner.ts"
