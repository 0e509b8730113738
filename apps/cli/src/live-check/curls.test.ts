import { expect, test } from "vitest"
import { curlScript, readTries } from "./curls.ts"
import { run } from "./kubectl.ts"

test("what curl printed is read by destination: exit code, status, who answered, whom it saw", () => {
  const tries = readTries(
    '0 0 10.244.1.5:41000 200 web-0 200\n0 7 000\n1 28 000\n2 0 {"localEndpoints": 0} 503 {"localEndpoints": 0} 503\nnoise\n',
  )
  expect(Object.fromEntries(tries)).toEqual({
    0: [{ exit: 0, status: 200, source: "10.244.1.5", hostname: "web-0" }, { exit: 7 }],
    1: [{ exit: 28 }],
    2: [{ exit: 0, status: 503 }],
  })
})

test("the script runs in a POSIX shell, and gives up where nobody answers", async () => {
  // Port 1 of this machine: nobody listens there.
  const script = curlScript([{ what: "nobody", to: "127.0.0.1:1" }]).replaceAll("$(curl", "$(fake")
  const { out } = await run(["sh", "-c", `fake() { echo 000; return 7; }\n${script}`])
  expect(readTries(out).get(0)).toEqual([{ exit: 7 }, { exit: 7 }, { exit: 7 }])
})
