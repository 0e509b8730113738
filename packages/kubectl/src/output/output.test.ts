import { expect, test } from "vitest"
import { parseCustomColumns } from "./custom-columns.ts"
import { compileJsonPath } from "./jsonpath.ts"
import { sortByPath } from "./sort.ts"
import { createTabWriter } from "./tab-writer.ts"

const aligned = (text: string): string => {
  const writer = createTabWriter({ minWidth: 0, padding: 2 })
  writer.write(text)
  return writer.flush()
}

test("a column is as wide as its run of lines needs; a line without the tab ends the run", () => {
  expect(aligned("Name:\tweb\nPort:\thttp\t80/TCP\nConditions:\n  Type\tStatus\n  Ready \tTrue \n")).toBe(
    "Name:  web\nPort:  http  80/TCP\nConditions:\n  Type    Status\n  Ready   True \n",
  )
})

test("remembered widths only grow", () => {
  const writer = createTabWriter({ minWidth: 6, padding: 3, rememberWidths: true })
  writer.write("NAME\tSTATUS\tAGE\nweb-1\tTerminating\t1s\n")
  expect(writer.flush()).toBe("NAME    STATUS        AGE\nweb-1   Terminating   1s\n")
  writer.write("web-1\tDone\t2s\n")
  expect(writer.flush()).toBe("web-1   Done          2s\n")
})

const list = {
  items: [
    { metadata: { name: "b", labels: { "a/b": "1" } }, ports: [80, 81], ready: true },
    { metadata: { name: "a" }, ports: [90], ready: false },
  ],
}

test.each([
  ['{.items[0].metadata.name}:{.items[0].ports[1]}{"\\n"}', "b:81\n"],
  ["{.items[*].metadata.name}", "b a"],
  ["{.items[-1:].metadata.name}", "a"],
  ["{..name}", "b a"],
  ["{.items[?(@.ready==true)].metadata.name}", "b"],
  ['{.items[?(@.metadata.name!="b")].ports[0]}', "90"],
  ["{range .items[*]}{.metadata.name}={.ports}{'\\n'}{end}", "b=[80,81]\na=[90]\n"],
  ["{.items[0].metadata.labels['a/b']}", "1"],
  ["{.items[0].metadata.labels.a/b}", "1"],
  ["{.nope.nothing}", ""],
  ["{.items[0].ports}", "[80,81]"],
])("jsonpath %s gives %j", (template, text) => {
  expect(compileJsonPath(template)(list)).toBe(text)
})

test("an action that does not close is told as kubectl tells it", () => {
  expect(() => compileJsonPath("{.spec.nope}{")).toThrow("error: error parsing jsonpath {.spec.nope}{, unclosed action")
})

test("an index beyond the list is told with its template", () => {
  expect(() => compileJsonPath("{.items[7]}")(list)).toThrow(
    'error: error executing jsonpath "{.items[7]}": Error executing template: array index out of bounds: index 7, length 2',
  )
})

test("custom columns show <none> for what is not there", () => {
  const columns = parseCustomColumns("NAME:.metadata.name,L:metadata.labels.x")
  expect([columns.header, columns.row(list.items[0])]).toEqual(["NAME\tL", "b\t<none>"])
  expect(parseCustomColumns("L:.metadata.labels,P:.ports").row(list.items[0])).toBe("map[a/b:1]\t[80 81]")
})

test("sorting counts numbers inside names as numbers", () => {
  const names = ["web-10", "web-2", "a"].map((name) => ({ metadata: { name } }))
  expect(sortByPath(names, ".metadata.name", (each) => each).map((each) => each.metadata.name)).toEqual([
    "a",
    "web-2",
    "web-10",
  ])
  expect(() => sortByPath(names, ".nope", (each) => each)).toThrow("couldn't find any field with path")
})
