import fc from "fast-check"
import { expect, test } from "vitest"
import { runOnFake } from "../testing/fake-host.ts"

const words = fc.constantFrom(
  "echo",
  "x",
  "$x",
  "$\u007bx:-y}",
  "$((x+1))",
  "$(echo a)",
  '"$@"',
  "'q'",
  "|",
  "&&",
  "||",
  ";",
  "&",
  "(",
  ")",
  "{",
  "}",
  "<",
  ">",
  ">>",
  "2>&1",
  "<<<",
  "if",
  "then",
  "fi",
  "while",
  "false",
  "do",
  "done",
  "for",
  "in",
  "case",
  "esac",
  "f()",
  "f",
  "[",
  "]",
  "[[",
  "]]",
  "*",
  "{1..3}",
  "x=1",
  "x+=2",
  "read",
  "cat",
  "head",
  "-1",
  "set",
  "-e",
  "exit",
  "return",
  "break",
  "local",
  "sed",
  "s/a/b/",
  "grep",
  "curl",
  "web",
  "kubectl",
  "get",
  "\n",
  "!",
  "wait",
  "sleep",
  "1",
  "xargs",
  "eval",
  "sh",
  "-c",
  "printf",
  "%s\\n",
  "tr",
  "a-z",
  "sort",
  "\\",
)

test("no script makes the shell fail otherwise than with a message and an exit code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 12 }), async (tokens) => {
      const { code } = await runOnFake(tokens.join(" "))
      expect(typeof code).toBe("number")
      expect(code).toBeGreaterThanOrEqual(0)
      expect(code).toBeLessThanOrEqual(255)
    }),
    { seed: 4711, numRuns: 1500 },
  )
})

test("no text makes the shell fail otherwise than with a message and an exit code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 40 }), async (text) => {
      const { code } = await runOnFake(text)
      expect(typeof code).toBe("number")
    }),
    { seed: 4711, numRuns: 800 },
  )
})

const bombs: readonly (readonly [says: string, script: string])[] = [
  ["a variable that doubles for ever", "x=aaaaaaaa; while true; do x=$x$x; done"],
  ["a brace expression of a thousand million words", "echo {1..1000000000} | wc -w"],
  [
    "braces in braces",
    "echo {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b} | wc -w",
  ],
  ["a shell that starts itself", 'export s=\'sh -c "$s"\'; sh -c "$s"'],
  ["eval that evaluates itself", 'x=\'eval "$x"\'; eval "$x"'],
  ["a variable that names itself in arithmetic", "a=b; b=a; echo $((a))"],
  ["a file that sources itself", "echo '. ./s' > s; . ./s"],
  ["parentheses a thousand deep", `${"(".repeat(1000)}echo${")".repeat(1000)}`],
]

for (const [says, script] of bombs)
  test(`${says} is stopped`, async () => {
    const { code } = await runOnFake(script)
    expect(typeof code).toBe("number")
  })

test("a file stops growing at a mebibyte, and the writer is told", async () => {
  const { out, err } = await runOnFake("x=$(seq 2000); for i in {1..200}; do echo $x >> f; done; wc -c < f")
  expect(Number(out)).toBeLessThanOrEqual(1_048_576)
  expect(err).toContain("File too large")
})
