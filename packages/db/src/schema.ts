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
    /** Characters of the log that was replayed. */
    logSize: integer("log_size").notNull(),
    gradedAt: timestamp("graded_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("results_learner_lab").on(table.learnerId, table.labId)],
)
