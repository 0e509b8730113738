#!/usr/bin/env node
// Plain JavaScript, and next to nothing: what stands here is read before every command, and types cost time to strip.
import { readFileSync, statSync } from "node:fs"
import { enableCompileCache } from "node:module"
import { join } from "node:path"

const dist = join(import.meta.dirname, "dist")

/** Was everything that the build read last changed before it? A build that is older than its sources is left alone. */
const isBuilt = () => {
  try {
    const manifest = join(dist, "inputs.json")
    const built = statSync(manifest).mtimeMs
    const inputs = JSON.parse(readFileSync(manifest, "utf8"))
    return inputs.every((input) => statSync(join(dist, input)).mtimeMs <= built)
  } catch {
    return false
  }
}

const built = isBuilt()
// Before anything else is read: compiled code is kept from one start to the next.
enableCompileCache(built ? join(dist, "compiled") : undefined)
await import(built ? "./dist/main.js" : "./src/main.ts")
