/**
 * `pnpm build`: the command line as a few files of JavaScript in dist/, each command with what it alone needs in its own,
 * so that a cluster answers at once. pilotage.js runs them as long as none of their sources has changed since.
 */
import { rmSync, utimesSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { build } from "esbuild"
import { warmUp } from "./warm-up.ts"

const cli = join(import.meta.dirname, "..")
const root = join(cli, "../..")
const dist = join(cli, "dist")

const began = new Date()
rmSync(dist, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: cli,
  entryPoints: ["src/main.ts"],
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // Names stay: an error's stack says where it comes from. What is short is read and hashed sooner.
  minifySyntax: true,
  minifyWhitespace: true,
  // Dependencies in CommonJS ask for node's own modules.
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  metafile: true,
  logLevel: "warning",
})

// Dependencies change with the lockfile alone.
const sources = Object.keys(metafile.inputs).filter((input) => !input.includes("node_modules/"))
const inputs = [...sources.map((input) => join(cli, input)), join(root, "pnpm-lock.yaml"), import.meta.filename]
const manifest = join(dist, "inputs.json")
writeFileSync(manifest, JSON.stringify(inputs.map((input) => relative(dist, input))))
// Whatever changed while the build ran is newer than the build.
utimesSync(manifest, began, began)
await warmUp(join(cli, "pilotage.js"))
