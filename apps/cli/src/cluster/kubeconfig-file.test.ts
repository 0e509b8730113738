import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { KubeConfig } from "@kubernetes/client-node"
import { afterAll, expect, test } from "vitest"
import { writeKubeconfig } from "./kubeconfig-file.ts"

const scratch = mkdtempSync(join(tmpdir(), "pilotage-kubeconfig-"))
afterAll(() => rmSync(scratch, { recursive: true }))

const CREDENTIALS = { server: "https://127.0.0.1:6443", token: "pass", authority: "PEM" }

test("clients read cluster, user and context out of it, and only its owner may", () => {
  const file = join(scratch, "first")
  expect(writeKubeconfig(file, CREDENTIALS)).toMatchObject({ ok: true, value: { path: file } })
  const config = new KubeConfig()
  config.loadFromFile(file)
  expect(config.currentContext).toBe("pilotage")
  expect(config.getCurrentCluster()).toMatchObject({ server: CREDENTIALS.server, caData: btoa("PEM") })
  expect(config.getCurrentUser()).toMatchObject({ name: "pilotage", token: "pass" })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(scratch)).toEqual(["first"])
})

test("that of an earlier cluster is replaced; anybody else's is left alone", () => {
  const file = join(scratch, "second")
  writeKubeconfig(file, CREDENTIALS)
  expect(writeKubeconfig(file, { ...CREDENTIALS, token: "new" }).ok).toBe(true)
  expect(readFileSync(file, "utf8")).toContain("token: new")
  writeFileSync(file, "apiVersion: v1\nkind: Config\n")
  expect(writeKubeconfig(file, CREDENTIALS)).toMatchObject({
    ok: false,
    error: expect.stringContaining("not written by"),
  })
  expect(readFileSync(file, "utf8")).toBe("apiVersion: v1\nkind: Config\n")
})

test("it goes with its cluster, but not when another cluster wrote it anew", () => {
  const file = join(scratch, "third")
  const first = writeKubeconfig(file, CREDENTIALS)
  const second = writeKubeconfig(file, { ...CREDENTIALS, token: "new" })
  if (!first.ok || !second.ok) throw new Error("not written")
  first.value.remove()
  expect(readFileSync(file, "utf8")).toContain("token: new")
  second.value.remove()
  expect(readdirSync(scratch)).not.toContain("third")
})

test("without a name it lies in a folder of its own, which goes with it", () => {
  const written = writeKubeconfig(undefined, CREDENTIALS)
  if (!written.ok) throw new Error(written.error)
  const folder = join(written.value.path, "..")
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  written.value.remove()
  expect(() => statSync(folder)).toThrow("ENOENT")
})

test("a folder that is not there and a folder in its place are told", () => {
  expect(writeKubeconfig(join(scratch, "no", "where"), CREDENTIALS)).toMatchObject({ ok: false })
  expect(writeKubeconfig(scratch, CREDENTIALS)).toMatchObject({ ok: false, error: expect.stringContaining("EISDIR") })
})
