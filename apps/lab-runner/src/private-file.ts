import { randomBytes } from "node:crypto"
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"

/** 256 random bits as hex, made once and kept in a file that only its owner reads. */
export const keptSecret = (file: string): string => {
  if (!existsSync(file)) {
    const fresh = `${file}.new`
    writeFileSync(fresh, randomBytes(32).toString("hex"), { mode: 0o600 })
    renameSync(fresh, file)
  }
  return readFileSync(file, "utf8")
}
