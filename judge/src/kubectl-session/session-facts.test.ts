import { describe, expect, test } from "vitest"
import { createRenaming } from "./renaming.ts"
import type { RecordedCommand } from "./session-file.ts"
import { sessionNodes } from "./session-nodes.ts"
import { sessionWaits } from "./session-waits.ts"

const ran = (cmd: string, stdout: string, ms = 100): RecordedCommand => ({
  n: 1,
  name: cmd,
  cmd,
  stdin: "",
  stdout,
  stderr: "",
  exit: 0,
  ms,
})

describe("what a session tells of the cluster it was recorded on", () => {
  test("its nodes, as it listed them", () => {
    const list =
      "NAME    STATUS   ROLES           AGE   VERSION\nb-one   Ready    <none>          1m    v1.36.3\nm-two   Ready,SchedulingDisabled    control-plane   1m    v1.36.3\na-six   NotReady    <none>   1m    v1.36.3\n"
    expect(sessionNodes([ran("kubectl get nodes", list)])).toEqual({
      names: ["m-two", "a-six", "b-one"],
      workers: ["a-six", "b-one"],
    })
  })

  test("its nodes, as other outputs mention them", () => {
    expect(
      sessionNodes([ran("kubectl get pods -o wide", "web   1/1   rec-worker2\napi   1/1   rec-worker\n")]),
    ).toEqual({
      names: ["rec-control-plane", "rec-worker", "rec-worker2"],
      workers: ["rec-worker", "rec-worker2"],
    })
  })

  test("how long the recorder waited, by the ages of what it had made", () => {
    const commands = [
      ran("kubectl run one", "pod/one created\n", 1000),
      ran("kubectl get pods", "NAME   READY   AGE\none    1/1     1s\n", 1000),
      ran("kubectl get pods", "NAME   READY   AGE\none    1/1     31s\n", 1000),
      ran("kubectl get pods", "NAME   READY   AGE\none    1/1     32s\n", 1000),
    ]
    expect(sessionWaits(commands)).toEqual([0, 0, 29_000, 0])
  })
})

test("a command that names a generated name is asked with the name of here", () => {
  const renaming = createRenaming()
  const pairing = renaming.start()
  pairing.pair({ kind: "suffix", value: "bbpr6" }, { kind: "suffix", value: "x4x4x" })
  pairing.keep()
  expect(renaming.translate("kubectl delete pod web-bbpr6")).toBe("kubectl delete pod web-x4x4x")
})
