import { assert, property, string, uint8Array } from "fast-check"
import { describe, expect, test } from "vitest"
import { bytesOfText, textOfBytes } from "../../streams/byte-text.ts"
import { runOnFake } from "../../testing/fake-host.ts"
import { ARCHIVE_END, type Member, readArchive, writeMember } from "./archive.ts"

const archiveOf = (...members: readonly Member[]): string =>
  members.map((member) => writeMember(member, "root", 1_767_603_600)).join("") + ARCHIVE_END

describe("an archive", () => {
  test("comes back as it was written, with any bytes in its files", () =>
    assert(
      property(uint8Array({ maxLength: 1500 }), string({ minLength: 1, maxLength: 20 }), (bytes, name) => {
        const member: Member = { kind: "file", name: name.replace(/[/\0]/g, "_"), text: textOfBytes(bytes) }
        const [read] = readArchive(archiveOf(member)) ?? []
        expect(read?.name).toBe(member.name)
        expect([...bytesOfText(read?.text ?? "")]).toEqual([...bytes])
      }),
      { seed: 5, numRuns: 100 },
    ))

  test("keeps long names in two fields, and reads those that have a member of their own", () => {
    const name = `${"folder/".repeat(20)}file`
    expect(readArchive(archiveOf({ kind: "file", name, text: "" }))?.[0]?.name).toBe(name)
    const pax = writeMember({ kind: "file", name: "x", text: "19 path=some/where\n" }, "root", 0)
    const asPax = bytesOfText(pax)
    asPax[156] = "x".charCodeAt(0)
    const sum = asPax.subarray(0, 512).reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 0x20 : byte), 0)
    asPax.set(bytesOfText(`${sum.toString(8).padStart(6, "0")}\0 `), 148)
    const whole = textOfBytes(asPax) + archiveOf({ kind: "file", name: "short", text: "a" })
    expect(readArchive(whole)).toEqual([{ kind: "file", name: "some/where", text: "a" }])
  })

  test.each(["x".repeat(512), archiveOf({ kind: "file", name: "a", text: "b".repeat(600) }).slice(0, 700)])(
    "that is none, or broken off, is not read",
    (text) => expect(readArchive(text)).toBeUndefined(),
  )
})

describe("tar", () => {
  test("packs a folder and unpacks it elsewhere", async () => {
    const script =
      "mkdir -p a/b; echo one > a/x; echo two > a/b/y; tar cf - a | (mkdir c; tar xf - -C c); cat c/a/x c/a/b/y; tar cf t.tar a; tar tf t.tar"
    expect(await runOnFake(script)).toMatchObject({ out: "one\ntwo\na/\na/b/\na/b/y\na/x\n", err: "", code: 0 })
  })

  test("says what GNU tar says of what is not there", async () => {
    expect(await runOnFake("tar cf - /tmp/none > /dev/null")).toMatchObject({
      err: "tar: /tmp/none: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n",
      code: 2,
    })
    expect((await runOnFake("echo hello | tar xf -")).err).toContain("tar: This does not look like a tar archive\n")
    expect((await runOnFake("tar xf - -C /nowhere < /dev/null")).err).toContain("tar: /nowhere: Cannot open")
  })

  test("leaves the slash at the beginning out, and says so", async () =>
    expect(await runOnFake("echo a > /tmp/f; tar cf /tmp/t.tar /tmp/f; tar tf /tmp/t.tar")).toMatchObject({
      out: "tmp/f\n",
      err: "tar: Removing leading `/' from member names\n",
    }))

  test("writes nothing above the folder that it unpacks into", async () => {
    const evil = archiveOf({ kind: "file", name: "../../tmp/evil", text: "x" })
    const { err, code, host } = await runOnFake("cd /tmp; tar xf /home/captain/evil.tar", {
      "/home/captain/evil.tar": evil,
    })
    expect(err).toContain("Member name contains '..'")
    expect(code).toBe(2)
    expect(host.files.read("/tmp/evil")).toBeUndefined()
  })
})
