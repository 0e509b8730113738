import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { takeDataFolder } from "./data-folder.ts"
import { OperatorError } from "./operator-error.ts"

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "pilotage-data-"))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test("a second instance on the same data is told who has it", () => {
  const folder = newFolder()
  takeDataFolder(folder, "http://localhost:3000")
  expect(() => takeDataFolder(folder, "http://localhost:3001")).toThrow(OperatorError)
  expect(() => takeDataFolder(folder, "http://localhost:3001")).toThrow(`process ${process.pid}, http://localhost:3000`)
})

test("a folder that was released can be taken again", () => {
  const folder = newFolder()
  takeDataFolder(folder, "a").release()
  expect(takeDataFolder(folder, "b").path).toBe(folder)
})

test("a lock left behind by a process that died does not keep anybody out", () => {
  const folder = newFolder()
  writeFileSync(join(folder, "instance.lock"), JSON.stringify({ pid: process.pid, start: "1", address: "gone" }))
  expect(takeDataFolder(folder, "b").path).toBe(folder)
})

test("a folder that cannot be made is named with the reason and the way out", () => {
  const folder = newFolder()
  writeFileSync(join(folder, "file"), "")
  expect(() => takeDataFolder(join(folder, "file", "data"), "a")).toThrow(/cannot be written .*PILOTAGE_DATA/)
})
