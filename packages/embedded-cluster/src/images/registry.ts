import { type Container, type EnvVar, formatTime } from "@pilotage/kube-model"
import { agnhost } from "./agnhost.ts"
import { type Behaviour, type Image, idle } from "./behaviour.ts"
import { alpine, busybox, coredns, curl, netshoot, pause, redis } from "./clients.ts"
import { NODE_IMAGES } from "./control-plane.ts"
import { awaitsClient } from "./interactive.ts"
import { expandReferences } from "./references.ts"
import { runCommand } from "./shell-script.ts"
import { TEST_IMAGES } from "./test-images.ts"
import { httpd, httpEcho, nginx, python } from "./web-servers.ts"

const IMAGES: ReadonlyMap<string, Image> = new Map(
  [
    agnhost(formatTime),
    nginx,
    httpd,
    httpEcho,
    python,
    busybox,
    alpine,
    curl,
    netshoot,
    redis,
    pause,
    coredns,
    ...NODE_IMAGES,
    ...TEST_IMAGES,
  ].map((image) => [image.repository, image]),
)

/** `docker.io/library/nginx:latest` for `nginx`: the name that the container runtime uses. */
export const fullImageName = (reference: string): string => {
  const [name = "", digest] = reference.split("@")
  const slash = name.indexOf("/")
  const registry = slash > 0 && /[.:]|^localhost$/.test(name.slice(0, slash)) ? name.slice(0, slash) : ""
  const rest = registry === "" ? name : name.slice(slash + 1)
  const path = registry === "" && !rest.includes("/") ? `library/${rest}` : rest
  const tagged = path.includes(":") || digest !== undefined ? path : `${path}:latest`
  return `${registry === "" ? "docker.io" : registry}/${tagged}${digest === undefined ? "" : `@${digest}`}`
}

/** The image behind a reference; undefined when there is no such image or no such tag. */
export const findImage = (reference: string): Image | undefined => {
  const full = fullImageName(reference)
  const [name = ""] = full.split("@")
  const colon = name.lastIndexOf(":")
  const repository = colon > name.lastIndexOf("/") ? name.slice(0, colon) : name
  const tag = colon > name.lastIndexOf("/") ? name.slice(colon + 1) : "latest"
  const short = repository.replace(/^docker\.io\/(library\/)?/, "")
  const image = IMAGES.get(short)
  return image?.hasTag(tag) ? image : undefined
}

/** Values that are written in the pod; references to ConfigMaps and fields are not looked up. */
const literalEnv = (env: readonly EnvVar[] | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))

/** The whole command line of a container: `command` replaces the entry point and the image's arguments. */
const commandLine = (container: Container, image: Image): readonly string[] => {
  const env = literalEnv(container.env)
  const { command = [], args = [] } = container
  const argv =
    command.length > 0 ? [...command, ...args] : [...image.entrypoint, ...(args.length > 0 ? args : image.command)]
  return argv.map((arg) => expandReferences(arg, env))
}

/** `missing`: the program does not exist in the image; the container cannot be started. */
export type Started =
  | { readonly kind: "runs"; readonly behaviour: Behaviour }
  | { readonly kind: "missing"; readonly program: string }

const known = new WeakMap<Container, Started>()

/** How a container behaves. Remembered by the container's spec, which never changes in place. */
export const startContainer = (container: Container, image: Image): Started => {
  const remembered = known.get(container)
  if (remembered) return remembered
  const argv = commandLine(container, image)
  const env = { ...image.env, ...literalEnv(container.env) }
  const behaviour = awaitsClient(container, image, argv)
    ? idle("ignored")
    : runCommand(argv, (line) => image.run({ argv: line, env }), image.programs)
  const started: Started = behaviour ? { kind: "runs", behaviour } : { kind: "missing", program: argv[0] ?? "" }
  known.set(container, started)
  return started
}

/** The command line of a container whose process runs when somebody attaches; undefined for all others. */
export const attachedCommand = (container: Container): readonly string[] | undefined => {
  const image = findImage(container.image)
  const argv = image && commandLine(container, image)
  return argv && awaitsClient(container, image, argv) ? argv : undefined
}

export const behaviourOf = (container: Container): Behaviour | undefined => {
  const image = known.has(container) ? undefined : findImage(container.image)
  const started = known.get(container) ?? (image && startContainer(container, image))
  return started?.kind === "runs" ? started.behaviour : undefined
}
