/**
 * Reads what Ginkgo says while it runs (`Will run 15 of 7579 specs`, a bullet for each test that has run, `[FAILED]` and
 * the test's name where one failed), and tells how far it is after each test.
 */
export const createProgress = (tell: (line: string) => void): ((text: string) => void) => {
  let [total, done, failed] = [0, 0, 0]
  let rest = ""
  const read = (line: string): void => {
    const chosen = /^Will run (\d+) of \d+ specs/.exec(line)
    if (chosen) {
      total = Number(chosen[1])
      tell(`${total} tests`)
    }
    const bullets = line.split("•").length - 1
    if (bullets === 0) return
    done += bullets
    if (/•.*\[(?:FAILED|PANICKED|TIMEDOUT|INTERRUPTED)\]/.test(line)) failed += 1
    tell(`${done}/${total} have run, ${failed} failed`)
  }
  return (text) => {
    const lines = `${rest}${text}`.split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) read(line)
    // The line of bullets goes on for as long as tests pass: what ends with one is read at once, and its bullets go.
    if (rest.endsWith("•")) {
      read(rest)
      rest = ""
    }
  }
}
