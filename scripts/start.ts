/** `pnpm start`: builds what has changed, starts PostgreSQL and the site, and stops all of it together. */
import { spawn } from "node:child_process"
import { enableCompileCache } from "node:module"
import { join } from "node:path"
import { takeDataFolder } from "../apps/lab-runner/src/data-folder.ts"
import { startEmbeddedPostgresql } from "../apps/lab-runner/src/embedded-postgresql.ts"
import { OperatorError } from "../apps/lab-runner/src/operator-error.ts"
import { allAlive, launchersAbove } from "./start/ancestors.ts"
import { requireFreePort } from "./start/free-port.ts"

const root = join(import.meta.dirname, "..")
const cleanUps: (() => unknown)[] = []
let stopping: Promise<never> | undefined

const stop = (exitCode: number): Promise<never> => {
  stopping ??= (async () => {
    // A clean-up that hangs must not keep the process alive.
    setTimeout(() => process.exit(exitCode || 1), 2_800).unref()
    for (const cleanUp of cleanUps.reverse()) {
      try {
        await cleanUp()
      } catch (error) {
        console.error(error)
      }
    }
    process.exit(exitCode)
  })()
  return stopping
}

const readPort = (text = "3000"): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new OperatorError(`PORT must be a number from 1 to 65535, not ${JSON.stringify(text)}.`)
  return port
}

const readHosts = (text = ""): readonly string[] =>
  text
    .toLowerCase()
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "")

const build = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const args = ["run", "build", "--filter=@pilotage/site", "--output-logs=new-only", "--log-prefix=none"]
    const turbo = spawn(join(root, "node_modules/.bin/turbo"), args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", TURBO_TELEMETRY_DISABLED: "1" },
    })
    cleanUps.push(() => turbo.kill("SIGTERM"))
    turbo.on("error", reject)
    turbo.on("exit", (code) =>
      code === 0 ? resolve() : reject(new OperatorError("The build failed; its messages are above.")),
    )
  })

const openDatabase = async (dataFolder: string): Promise<string> => {
  const given = process.env.DATABASE_URL
  if (given) return given
  const database = await startEmbeddedPostgresql(dataFolder)
  cleanUps.push(database.stop)
  return database.url
}

/** npx does not pass SIGTERM on: when a launcher above us is gone, so are we. */
const watchLaunchers = (): void => {
  const launchers = launchersAbove(process.pid)
  setInterval(() => {
    if (!allAlive(launchers)) void stop(0)
  }, 500).unref()
}

const start = async (): Promise<void> => {
  const port = readPort(process.env.PORT)
  const address = `http://localhost:${port}`
  const data = takeDataFolder(process.env.PILOTAGE_DATA ?? join(root, ".pilotage"), address)
  cleanUps.push(data.release)
  await requireFreePort(port)
  // The server's modules are read while PostgreSQL and the build, which are processes of their own, are at work.
  const [databaseUrl, { serveSite }] = await Promise.all([
    openDatabase(data.path),
    import("../apps/site/server.ts"),
    build(),
  ])
  const site = await serveSite({
    port,
    dataFolder: data.path,
    databaseUrl,
    hosts: readHosts(process.env.PILOTAGE_HOSTS),
  })
  cleanUps.push(site.close)
  console.log(`Pilotage is ready on ${address}`)
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0))
watchLaunchers()
enableCompileCache(join(root, "node_modules/.cache/node"))
try {
  await start()
} catch (error) {
  console.error(error instanceof OperatorError ? error.message : error)
  await stop(1)
}
