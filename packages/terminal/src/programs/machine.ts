import { formatTime } from "@pilotage/kube-model"
import { deriveCancellation } from "../shell/cancellations.ts"
import { copyShell, environmentOf } from "../shell/shell.ts"
import { setVariable } from "../shell/variables.ts"
import { usageError } from "./inputs.ts"
import { parseOptions } from "./options.ts"
import type { Program } from "./program.ts"

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** `1`, `0.5`, `2m` in milliseconds; undefined when it is none. */
const duration = (text: string): number | undefined => {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * (UNITS[match[2] ?? ""] ?? 1) * 1000 : undefined
}

export const sleep: Program = async (run) => {
  if (run.args.length === 0) return usageError(run, "missing operand", 1)
  let total = 0
  for (const arg of run.args) {
    const milliseconds = arg === "infinity" ? Number.MAX_SAFE_INTEGER : duration(arg)
    if (milliseconds === undefined) return usageError(run, `invalid time interval '${arg}'`, 1)
    total += milliseconds
  }
  await run.sleep(total)
  return 0
}

/** 124 when the time was up. */
export const timeout: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "v", values: "sk", leading: true })
  if (!options.ok) return usageError(run, options.error, 125)
  const [limit, ...argv] = options.value.operands
  const milliseconds = duration(limit ?? "")
  if (limit === undefined || argv.length === 0) return usageError(run, "missing operand", 125)
  if (milliseconds === undefined) return usageError(run, `invalid time interval '${limit}'`, 125)
  const source = deriveCancellation(run.cancellation)
  const timer = deriveCancellation(source)
  let late = false
  void run.scope.world.host.clock.sleep(milliseconds, timer).then(() => {
    if (timer.cancelled || milliseconds === 0) return
    late = true
    source.cancel()
  })
  const completion = await run.scope.invoke(argv, {
    ...run.scope,
    shell: copyShell(run.scope.shell),
    cancellation: source,
  })
  timer.cancel()
  source.release()
  return late ? 124 : completion.status
}

const DAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

const DEFAULT_FORMAT = "%a %b %e %T %Z %Y"

const formatDate = (format: string, now: number): string => {
  const stamp = formatTime(now)
  const [year = "", month = "", day = ""] = stamp.slice(0, 10).split("-")
  const time = stamp.slice(11, 19)
  const weekday = DAYS[Math.floor(now / 86_400_000) % 7] ?? ""
  const monthName = MONTHS[Number(month) - 1] ?? ""
  const fields: Readonly<Record<string, string>> = {
    Y: year,
    m: month,
    d: day,
    e: String(Number(day)).padStart(2),
    H: time.slice(0, 2),
    M: time.slice(3, 5),
    S: time.slice(6),
    T: time,
    F: stamp.slice(0, 10),
    s: String(Math.floor(now / 1000)),
    N: String((now % 1000) * 1_000_000).padStart(9, "0"),
    a: weekday,
    b: monthName,
    Z: "UTC",
    z: "+0000",
    n: "\n",
    "%": "%",
  }
  return format.replace(/%(.)/g, (whole, letter: string) => fields[letter] ?? whole)
}

/** What `date` prints without arguments. */
export const dateLine = (now: number): string => formatDate(DEFAULT_FORMAT, now)

export const date: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "uR", values: "dI", long: { utc: "u", "iso-8601": "iso" } })
  if (!options.ok) return usageError(run, options.error, 1)
  if (options.value.has("d")) return usageError(run, `invalid date '${options.value.value("d")}'`, 1)
  const format = options.value.operands[0]
  if (format !== undefined && !format.startsWith("+")) return usageError(run, `invalid date '${format}'`, 1)
  const iso = options.value.has("iso") ? "%F" : DEFAULT_FORMAT
  run.print(`${formatDate(format?.slice(1) ?? iso, run.now())}\n`)
  return 0
}

export const hostname: Program = async (run) => {
  const { machine, files } = run.scope.shell.station
  if (run.args[0] === "-i" || run.args[0] === "-I") {
    const hosts = files.read("/etc/hosts")
    const line = hosts.ok
      ? hosts.value.split("\n").find((each) => each.split(/\s+/).slice(1).includes(machine.hostname))
      : undefined
    run.print(`${line?.split(/\s+/)[0] ?? "127.0.0.1"}\n`)
    return 0
  }
  if (run.args.length > 0 && run.args[0] !== "-s" && run.args[0] !== "-f") {
    run.complain("you must be root to change the host name")
    return 1
  }
  run.print(`${machine.hostname}\n`)
  return 0
}

export const whoami: Program = async (run) => {
  run.print(`${run.scope.shell.station.machine.user}\n`)
  return 0
}

export const id: Program = async (run) => {
  const { user } = run.scope.shell.station.machine
  const number = user === "root" ? 0 : 1000
  if (run.args[0] === "-u") run.print(`${number}\n`)
  else if (run.args[0] === "-un") run.print(`${user}\n`)
  else run.print(`uid=${number}(${user}) gid=${number}(${user}) groups=${number}(${user})\n`)
  return 0
}

export const uname: Program = async (run) => {
  const { hostname } = run.scope.shell.station.machine
  const words: Readonly<Record<string, string>> = {
    "-n": hostname,
    "-m": "x86_64",
    "-r": "6.18.0",
    "-a": `Linux ${hostname} 6.18.0 x86_64 GNU/Linux`,
  }
  const word = run.args[0] === undefined || run.args[0] === "-s" ? "Linux" : words[run.args[0]]
  if (word === undefined) return usageError(run, `invalid option -- '${run.args[0]?.slice(1)}'`, 1)
  run.print(`${word}\n`)
  return 0
}

/** `env`, `env A=b command`, `printenv NAME`. */
export const env: Program = async (run) => {
  const environment = environmentOf(run.scope.shell)
  if (run.name === "printenv" && run.args.length > 0) {
    const values = run.args.flatMap((name) => (Object.hasOwn(environment, name) ? [environment[name] ?? ""] : []))
    for (const value of values) run.print(`${value}\n`)
    return values.length === run.args.length ? 0 : 1
  }
  const shell = copyShell(run.scope.shell)
  let index = 0
  if (run.args[0] === "-i") {
    shell.variables.clear()
    index = 1
  }
  for (; /^[A-Za-z_]\w*=/.test(run.args[index] ?? ""); index += 1) {
    const [name = "", ...value] = (run.args[index] ?? "").split("=")
    setVariable(shell, name, value.join("="), { exported: true })
  }
  const argv = run.args.slice(index)
  if (argv.length > 0) return (await run.scope.invoke(argv, { ...run.scope, shell })).status
  for (const [name, value] of Object.entries(environmentOf(shell))) run.print(`${name}=${value}\n`)
  return 0
}
