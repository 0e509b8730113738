/**
 * Names the engine in logs and snapshots. Raise it with every change after which the same options and log give another
 * state: a log is replayed, and a snapshot restored, only by the engine that wrote it.
 */
export const ENGINE_VERSION = "11"
