import { expect, test } from "vitest"
import { openConsole } from "./console.ts"
import { createTerminal } from "./terminal.ts"
import { createFakeHost } from "./testing/fake-host.ts"
import type { CommandRecord } from "./world.ts"

const ESC = "\u001b"

/** Escape sequences that move the cursor or set a mode. */
const ESCAPE = new RegExp(`${ESC}\\[[?0-9;]*[A-Za-z]`, "g")

const open = () => {
  const host = createFakeHost()
  let screen = ""
  const records: CommandRecord[] = []
  const terminal = createTerminal(host)
  const console = openConsole(terminal, {
    write: (text) => {
      screen += text
    },
    columns: 80,
    record: (record) => records.push(record),
  })
  const never = new Promise<never>(() => {})
  return {
    host,
    console,
    records,
    /** What was written since the last look, escape sequences left out. */
    look: () => {
      const text = screen.replace(ESCAPE, "").replaceAll("\r", "")
      screen = ""
      return text
    },
    wait: (milliseconds: number) => host.play(never, host.clock.now() - 1_767_603_600_000 + milliseconds),
  }
}

test("shows a prompt, runs a line and records it", async () => {
  const { console, look, wait, records } = open()
  await wait(0)
  expect(look()).toBe("captain@harbour:~$ ")
  console.type("echo hello; false")
  await wait(10)
  expect(look()).toMatch(/hello\n.*captain@harbour:~\$ $/s)
  expect(records).toEqual([{ command: "echo hello; false", exitCode: 1, output: "hello\n" }])
})

test("Ctrl-C stops an endless loop, and the shell goes on with 130", async () => {
  const { console, look, wait, records, host } = open()
  await wait(0)
  console.type("while true; do curl -s web; sleep 1; done")
  await wait(3500)
  expect(host.requests).toHaveLength(4)
  expect(console.isBusy()).toBe(true)
  console.keys("\u0003")
  await wait(5000)
  expect(console.isBusy()).toBe(false)
  expect(host.requests).toHaveLength(4)
  expect(records.at(-1)?.exitCode).toBe(130)
  look()
  console.type("echo $?")
  await wait(10)
  expect(look()).toContain("130\n")
})

test("Ctrl-C stops a loop that does nothing at all", async () => {
  const { console, wait } = open()
  await wait(0)
  console.type("while true; do :; done")
  await wait(50)
  expect(console.isBusy()).toBe(true)
  console.keys("\u0003")
  await wait(5)
  expect(console.isBusy()).toBe(false)
})

test("ssh opens a shell on the node that Ctrl-D leaves", async () => {
  const { console, look, wait } = open()
  await wait(0)
  look()
  console.type("ssh node-1")
  await wait(10)
  expect(look()).toContain("root@node-1:~# ")
  console.type("hostname; exit 3")
  await wait(10)
  expect(look()).toMatch(/node-1\nConnection to node-1 closed\.\ncaptain@harbour:~\$ $/)
  console.type("ssh node-1")
  await wait(10)
  console.keys("\u0004")
  await wait(10)
  expect(look()).toMatch(/exit\nConnection to node-1 closed\.\ncaptain@harbour:~\$ $/)
})

test("what is typed while a program reads goes to the program", async () => {
  const { console, look, wait } = open()
  await wait(0)
  console.type("read name; echo hello $name")
  await wait(10)
  console.keys("sailor\r")
  await wait(10)
  expect(look()).toContain("hello sailor\n")
})

test("leaving the login shell begins a new one", async () => {
  const { console, look, wait } = open()
  await wait(0)
  look()
  console.keys("\u0004")
  await wait(10)
  expect(look()).toMatch(/logout\ncaptain@harbour:~\$ $/)
})

test("Tab completes programs, files and variables", async () => {
  const { console, look, wait, host } = open()
  host.files.write("/home/captain/web.yaml", "")
  await wait(0)
  console.keys("cat w\t")
  await wait(10)
  expect(look()).toMatch(/cat web\.yaml $/)
  console.keys("\u0015echo $HOSTN\t")
  await wait(10)
  expect(look()).toMatch(/echo \$HOSTNAME $/)
})

test("what is typed ahead waits for the prompt", async () => {
  const { console, look, wait, records } = open()
  await wait(0)
  console.keys("sleep 2\recho then\r")
  await wait(1000)
  expect(look()).not.toContain("then\n")
  await wait(2000)
  expect(records.map((record) => record.command)).toEqual(["sleep 2", "echo then"])
})
