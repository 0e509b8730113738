import { expect, test } from "vitest"
import { isUnfinished } from "../shell/syntax.ts"
import { readKeys } from "./keys.ts"
import { createLineEditor } from "./line-editor.ts"

const ESC = "\u001b"

/** An escape sequence or one character. */
const TOKEN = new RegExp(`${ESC}\\[\\d*[A-Z]|[\\s\\S]`, "g")

/** A screen that understands what the editor writes: text, newlines, cursor movements, clearing. */
const createScreen = (columns: number) => {
  let rows: string[][] = [[]]
  let row = 0
  let column = 0
  const put = (character: string): void => {
    if (column === columns) {
      row += 1
      column = 0
    }
    while (rows.length <= row) rows.push([])
    const cells = rows[row] ?? []
    while (cells.length < column) cells.push(" ")
    cells[column] = character
    column += 1
  }
  return {
    write(text: string) {
      for (const [token] of text.matchAll(TOKEN)) {
        const count = Number(/\d+/.exec(token)?.[0] ?? 1)
        if (token === "\r") column = 0
        else if (token === "\n") {
          row += 1
          while (rows.length <= row) rows.push([])
        } else if (token.endsWith("A") && token.length > 1) row = Math.max(0, row - count)
        else if (token.endsWith("C") && token.length > 1) column += count
        else if (token === "\u001b[J") {
          rows = rows.slice(0, row + 1)
          rows[row] = (rows[row] ?? []).slice(0, column)
        } else put(token)
      }
    },
    text: () =>
      rows
        .map((cells) => cells.join("").trimEnd())
        .join("\n")
        .trimEnd(),
    cursor: () => [row, column],
  }
}

const open = (columns = 80, history: readonly string[] = []) => {
  const screen = createScreen(columns)
  const done: (string | undefined)[] = []
  const editor = createLineEditor({
    prompt: "$ ",
    shell: {
      isUnfinished,
      complete: async (line, cursor) => {
        const from = line.lastIndexOf(" ", cursor - 1) + 1
        const word = line.slice(from, cursor)
        return { from, candidates: ["get", "get-events", "describe"].filter((each) => each.startsWith(word)) }
      },
    },
    history,
    columns: () => columns,
    write: screen.write,
    done: (text) => done.push(text),
  })
  const press = async (data: string): Promise<void> => {
    for (const key of readKeys(data)) await editor.press(key)
  }
  return { screen, done, press }
}

const UP = "\u001b[A"
const DOWN = "\u001b[B"
const LEFT = "\u001b[D"

test("what was typed is handed over at Enter and stays on the screen", async () => {
  const { screen, done, press } = open()
  await press("echo hi\r")
  expect(done).toEqual(["echo hi"])
  expect(screen.text()).toBe("$ echo hi")
})

test("text goes in where the cursor stands, and is taken out there", async () => {
  const { screen, done, press } = open()
  await press(`abd${LEFT}c\u0001X\u0005Z`)
  expect(screen.text()).toBe("$ XabcdZ")
  expect(screen.cursor()).toEqual([0, 8])
  await press("\u007f\u0001\u001b[3~\r")
  expect(done).toEqual(["abcd"])
})

test("Ctrl-W takes a word, Ctrl-U the start, Ctrl-K the end, Ctrl-Y gives it back", async () => {
  const { done, press } = open()
  await press("one two three\u0017\u0015\u0019")
  await press("\u0001\u000bx\u0019\r")
  expect(done).toEqual(["xone two "])
})

test("a line that wraps is edited as one", async () => {
  const { screen, press } = open(10)
  await press("0123456789abcdef")
  expect(screen.text()).toBe("$ 01234567\n89abcdef")
  await press("\u0001")
  expect(screen.cursor()).toEqual([0, 2])
  await press("X")
  expect(screen.text()).toBe("$ X0123456\n789abcdef")
  expect(screen.cursor()).toEqual([0, 3])
})

test("the cursor goes to the next row when the line fills the last one", async () => {
  const { screen, press } = open(10)
  await press("01234567")
  expect(screen.cursor()).toEqual([1, 0])
  await press("\u007f")
  expect(screen.text()).toBe("$ 0123456")
  expect(screen.cursor()).toEqual([0, 9])
})

test("Up and Down walk through the history and back to what was being typed", async () => {
  const { screen, press } = open(80, ["first", "second"])
  await press(`new${UP}`)
  expect(screen.text()).toBe("$ second")
  await press(UP + UP)
  expect(screen.text()).toBe("$ first")
  await press(DOWN + DOWN)
  expect(screen.text()).toBe("$ new")
})

test("Ctrl-R finds an earlier line by a part of it", async () => {
  const { done, press } = open(80, ["kubectl get pods", "curl web", "kubectl get svc"])
  await press("\u0012get\u0012\r")
  expect(done).toEqual(["kubectl get pods"])
})

test("an unfinished command asks for more lines", async () => {
  const { screen, done, press } = open()
  await press("for i in 1 2; do\recho $i\rdone\r")
  expect(done).toEqual(["for i in 1 2; do\necho $i\ndone"])
  expect(screen.text()).toBe("$ for i in 1 2; do\n> echo $i\n> done")
})

test("a here-document goes on until its end", async () => {
  const { done, press } = open()
  await press("cat <<EOF\rhello\r")
  expect(done).toEqual([])
  await press("EOF\r")
  expect(done).toEqual(["cat <<EOF\nhello\nEOF"])
})

test("a backslash at the end joins the next line", async () => {
  const { done, press } = open()
  await press("echo a \\\rb\r")
  expect(done).toEqual(["echo a b"])
})

test("Ctrl-C gives the line up, Ctrl-D on an empty line leaves", async () => {
  const { screen, done, press } = open()
  await press("nonsense\u0003")
  expect(done).toEqual([])
  expect(screen.text()).toBe("$ nonsense^C\n$")
  await press("\u0004")
  expect(done).toEqual([undefined])
})

test("Tab completes what is certain, then lists what is possible", async () => {
  const { screen, done, press } = open()
  await press("kubectl d\t")
  expect(screen.text()).toBe("$ kubectl describe")
  await press("\u0015kubectl g\t")
  expect(screen.text()).toBe("$ kubectl get")
  await press("\t")
  expect(screen.text()).toBe("$ kubectl get\nget         get-events\n$ kubectl get")
  await press("\r")
  expect(done).toEqual(["kubectl get"])
})

test("a paste of several lines is kept as it is", async () => {
  const { done, press } = open()
  await press("\u001b[200~cat <<EOF\rx: 1\rEOF\u001b[201~\r")
  expect(done).toEqual(["cat <<EOF\nx: 1\nEOF"])
})
