import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { clientVersionIn } from "./client-version.ts"
import { findKubectl } from "./kubectl-program.ts"

const folders = (versions: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), "pilotage-judge-test-"))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [name, version] of Object.entries(versions)) {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, "kubectl"), `#!/bin/sh\necho "Client Version: ${version}"\n`, { mode: 0o755 })
  }
  return {
    root,
    path: Object.keys(versions)
      .map((name) => join(root, name))
      .join(delimiter),
  }
}

test("the kubectl on the path whose version is nearest to the recording's is taken", () => {
  const { root, path } = folders({ old: "v1.20.1", near: "v1.35.0-dispatcher", far: "v1.32.0" })
  const found = (like: string | undefined) =>
    findKubectl({
      given: undefined,
      path,
      like: like === undefined ? undefined : clientVersionIn(`Client Version: ${like}`),
    })
  expect(found("v1.36.3")).toEqual({
    path: join(root, "near/kubectl"),
    version: { text: "v1.35.0-dispatcher", minor: 35 },
  })
  expect(found("v1.21.0")?.path).toBe(join(root, "old/kubectl"))
  expect(found(undefined)?.path).toBe(join(root, "old/kubectl"))
})

test("the one that is asked for is taken, whatever its version, or none", () => {
  const { root, path } = folders({ a: "v1.36.3", b: "v1.30.0" })
  expect(findKubectl({ given: join(root, "b/kubectl"), path, like: undefined })?.version?.minor).toBe(30)
  expect(findKubectl({ given: join(root, "c/kubectl"), path, like: undefined })).toBeUndefined()
})

test("a client's version is read out of every output that tells it", () => {
  const old = 'Client Version: version.Info{Major:"1", Minor:"20", GitVersion:"v1.20.2", GitCommit:"fa"}\n'
  expect(clientVersionIn(old)).toEqual({ text: "v1.20.2", minor: 20 })
  expect(clientVersionIn("clientVersion:\n  compiler: gc\n  gitVersion: v1.36.3\n")?.minor).toBe(36)
  expect(clientVersionIn('{\n  "clientVersion": {\n    "gitVersion": "v1.33.1"\n  }\n}')?.text).toBe("v1.33.1")
  expect(clientVersionIn("Server Version: v1.36.3\n")).toBeUndefined()
})
