import type { CheckDestination } from "./destinations.ts"

/** What became of one curl. `source`: the client's address as the backend saw it. */
export interface Try {
  readonly exit: number
  readonly status?: number
  readonly hostname?: string
  readonly source?: string
}

export const LIMIT_SECONDS = 5
/** Among two backends, so many tries miss one once in 30,000 times. */
export const TRIES = 16

/**
 * A POSIX script that asks each destination `TRIES` times, fewer when nobody answers, and writes a line a try: `INDEX EXIT
 * WORDS…`. Two URLs of one curl share a connection, so that both answers come from one backend.
 */
export const curlScript = (asked: readonly CheckDestination[]): string => `
set -f
ask() {
  i=0; failed=0
  while [ $i -lt ${TRIES} ]; do
    i=$((i + 1))
    answer=$(curl -s -g -m ${LIMIT_SECONDS} --fail-early -w ' %{http_code} ' "http://$2/clientip" "http://$2/hostname")
    code=$?
    echo "$1 $code" $answer
    if [ $code -eq 0 ]; then failed=-99; else failed=$((failed + 1)); fi
    if [ $code -eq 28 ] || [ $code -eq 6 ] || [ $failed -ge 3 ]; then break; fi
  done
}
${asked.map(({ to }, index) => `ask ${index} ${to}`).join("\n")}
`

const ADDRESS = /^(\d+(?:\.\d+){3}):\d+$/

const tryOf = (exit: number, words: readonly string[]): Try => {
  if (exit !== 0) return { exit }
  const [address = "", , hostname = ""] = words
  const source = ADDRESS.exec(address)?.[1]
  return { exit, status: Number(words.at(-1)), ...(source === undefined ? {} : { source, hostname }) }
}

/** The tries by the index of their destination. */
export const readTries = (output: string): ReadonlyMap<number, readonly Try[]> => {
  const tries = new Map<number, Try[]>()
  for (const line of output.split("\n")) {
    const [index = "", exit = "", ...words] = line.trim().split(/\s+/)
    if (!/^\d+$/.test(index) || !/^\d+$/.test(exit)) continue
    const known = tries.get(Number(index)) ?? []
    tries.set(Number(index), [...known, tryOf(Number(exit), words)])
  }
  return tries
}
