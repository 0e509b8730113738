import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"]

/** The Chromium that browser tests use: `CHROMIUM_PATH`, else one that is installed. */
const findChromium = (): string | undefined => {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : undefined
  return CANDIDATES.find((path) => existsSync(path))
}

const canInstall = (): boolean => process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")

const run = (argv: readonly string[]): boolean => {
  const [program = "", ...args] = argv
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  return spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0
}

/** Finds Chromium, or installs Debian's when that is possible here; undefined when there is none to be had. */
export const ensureChromium = (): string | undefined => {
  const found = findChromium()
  if (found || process.env.CHROMIUM_PATH || !canInstall()) return found
  console.log("Installing Debian's Chromium for the browser tests")
  const installed =
    run(["apt-get", "update", "-qq"]) && run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
  return installed ? findChromium() : undefined
}
