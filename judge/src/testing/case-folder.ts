import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { onTestFinished } from "vitest"
import { runJudge } from "../command.ts"

/** Writes files into a folder of their own, which goes with the test. Values become JSON, texts stay as they are. */
export const caseFolder = (files: Readonly<Record<string, unknown>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "judge-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content, undefined, 1))
  }
  return folder
}

/** What the command prints, and how it ends. */
export const judged = (
  ...args: readonly string[]
): { readonly exit: number; readonly out: string; readonly err: string } => {
  const out: string[] = []
  const err: string[] = []
  const exit = runJudge(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { exit, out: out.join("\n"), err: err.join("\n") }
}

export const jsonLines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("")
