import { expect, test } from "vitest"
import { announcingNode } from "./announcer.ts"

test("[R61] the addresses of a recorded cluster are announced by the nodes that announced them there", () => {
  const nodes = ["kind-worker", "kind-worker2"]
  const announced = ["172.18.254.1", "172.18.254.2", "172.18.254.3"].map((ip) => announcingNode(nodes, ip))
  expect(announced).toEqual(["kind-worker", "kind-worker", "kind-worker2"])
  expect(announcingNode(nodes.toReversed(), "172.18.254.3")).toBe("kind-worker2")
})

test("where no node may announce, none does", () => {
  expect(announcingNode([], "172.18.254.1")).toBeUndefined()
})
