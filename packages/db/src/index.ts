export { type Database, openDatabase } from "./database.ts"
export { addResult, bestResult, bestResults, type ResultRow } from "./learner-results.ts"
