import type { PingAnswer } from "../host.ts"
import { usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program, Run } from "./program.ts"

const replyLine = (answer: PingAnswer, sequence: number, busybox: boolean): string => {
  const time = answer.roundTripMs.toFixed(3)
  return busybox
    ? `64 bytes from ${answer.ip}: seq=${sequence} ttl=64 time=${time} ms\n`
    : `64 bytes from ${answer.ip}: icmp_seq=${sequence + 1} ttl=64 time=${time} ms\n`
}

interface Tally {
  readonly sent: number
  /** ICMP errors that came back. */
  readonly errors: number
  /** Round trips, in milliseconds. */
  readonly times: readonly number[]
  readonly elapsed: number
}

const printStatistics = (run: Run, host: string, { sent, errors, times, elapsed }: Tally, busybox: boolean): void => {
  const loss = sent === 0 ? 0 : Math.round(((sent - times.length) / sent) * 100)
  run.print(
    busybox
      ? `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} packets received, ${loss}% packet loss\n`
      : `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} received, ${errors ? `+${errors} errors, ` : ""}${loss}% packet loss, time ${elapsed}ms\n`,
  )
  if (times.length === 0) {
    if (!busybox) run.print("\n")
    return
  }
  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / times.length)
  const figures = [Math.min(...times), average, Math.max(...times)].map((time) => time.toFixed(3)).join("/")
  run.print(
    busybox
      ? `round-trip min/avg/max = ${figures} ms\n`
      : `rtt min/avg/max/mdev = ${figures}/${deviation.toFixed(3)} ms\n`,
  )
}

/** One a second, as iputils and busybox print it. */
export const ping: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "nq46b", values: "cWiwsIt" })
  if (!options.ok) return usageError(run, options.error)
  const { value, operands, has } = options.value
  const host = operands[0]
  const count = Number(value("c") ?? Number.POSITIVE_INFINITY)
  const waitMs = Number(value("W") ?? 10) * 1000
  const intervalMs = Number(value("i") ?? 1) * 1000
  if (host === undefined) return usageError(run, "usage error: Destination address required", 1)
  if (!(count > 0)) return usageError(run, `invalid argument: '${value("c")}'`, 1)
  if (!(intervalMs >= 2) || !(waitMs >= 0)) return usageError(run, "bad timing interval", 2)
  const busybox = run.scope.shell.station.userland === "busybox"
  const { network } = run.scope.world.host
  const { origin } = run.scope.shell.station.machine
  const first = network.ping(origin, host)
  if (first.outcome === "unknown-host" || first.ip === undefined) {
    run.complain(busybox ? `bad address '${host}'` : `${host}: Name or service not known`)
    return busybox ? 1 : 2
  }
  run.print(
    busybox ? `PING ${host} (${first.ip}): 56 data bytes\n` : `PING ${host} (${first.ip}) 56(84) bytes of data.\n`,
  )
  const startedAt = run.now()
  const times: number[] = []
  let sent = 0
  let errors = 0
  let lastSentAt = startedAt
  while (sent < count && !run.cancellation.cancelled) {
    const answer = network.ping(origin, host)
    sent += 1
    lastSentAt = run.now()
    if (answer.outcome === "reply") {
      times.push(answer.roundTripMs)
      if (!has("q")) run.print(replyLine(answer, sent - 1, busybox))
    } else if (answer.outcome === "host-unreachable" || answer.outcome === "port-unreachable") {
      errors += 1
      const what = answer.outcome === "host-unreachable" ? "Host" : "Port"
      // BusyBox prints no ICMP errors.
      if (!busybox) run.print(`From ${answer.reporter ?? first.ip} icmp_seq=${sent} Destination ${what} Unreachable\n`)
      if (answer.notPermitted) run.complain("sendmsg: Operation not permitted")
    }
    const isLast = sent >= count
    await run.sleep(isLast ? (answer.outcome === "loss" ? waitMs : 0) : intervalMs)
  }
  printStatistics(run, host, { sent, errors, times, elapsed: lastSentAt - startedAt }, busybox)
  return times.length > 0 ? 0 : 1
}
