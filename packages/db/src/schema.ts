import { index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core"

/** Anonymous learners: an id in a signed cookie, nothing else. */
export const learners = pgTable("learners", {
  id: uuid("id").primaryKey(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
})

/** Every grading, appended and never changed. */
export const results = pgTable(
  "results",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    learnerId: uuid("learner_id")
      .notNull()
      .references(() => learners.id, { onDelete: "cascade" }),
    labId: text("lab_id").notNull(),
    labVersion: text("lab_version").notNull(),
    status: text("status", { enum: ["pass", "fail", "error"] }).notNull(),
    score: integer("score").notNull(),
    max: integer("max").notNull(),
    /** The whole LabResult, checks and evidence included. */
    result: jsonb("result").notNull(),
    /** The engine that replayed the log. */
    engineVersion: text("engine_version").notNull(),
    /** Characters of the log that was replayed, and their SHA-256 in hex. */
    logSize: integer("log_size").notNull(),
    logHash: text("log_hash").notNull(),
    gradedAt: timestamp("graded_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("results_learner_lab").on(table.learnerId, table.labId)],
)
