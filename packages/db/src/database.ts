import { join } from "node:path"
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres"
import { migrate } from "drizzle-orm/node-postgres/migrator"
import pg from "pg"

export interface Database {
  readonly query: NodePgDatabase
  /** Brings the schema up to date; safe to call by several processes at once. */
  readonly migrate: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Any number will do that nothing else in this database uses as an advisory lock. */
const MIGRATION_LOCK = 727_401

/** Opens a pool on a PostgreSQL URL. `onIdleError` hears of connections that broke while nobody used them. */
export const openDatabase = (url: string, onIdleError: (error: Error) => void): Database => {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 })
  pool.on("error", onIdleError)
  return {
    query: drizzle(pool),
    async migrate() {
      const client = await pool.connect()
      try {
        await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK])
        await migrate(drizzle(client), { migrationsFolder: join(import.meta.dirname, "../migrations") })
      } finally {
        await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK])
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
