import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import { createGenerated, GENERATOR_FLAGS, oneName, requireFlags } from "./create-generated.ts"

/** The container's name: the image's last part without tag and digest, in characters that names may have. */
const containerNameOf = (image: string): string =>
  (image.split("/").at(-1) ?? "")
    .replace(/@.*$/, "")
    .replace(/:.*$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, "-")

export const createDeployment: Command = {
  name: "deployment",
  aliases: ["deploy"],
  summary: "Make a deployment with the given image",
  usage: "NAME --image=IMAGE [--replicas=N] [--port=PORT] [-- COMMAND [args...]]",
  flags: [
    ...GENERATOR_FLAGS,
    { name: "image", kind: "list" },
    { name: "port", kind: "int", default: "-1" },
    { name: "replicas", short: "r", kind: "int", default: "1" },
  ],
  async run(session) {
    requireFlags(session, "image")
    const before = session.dash ?? session.args.length
    const name = oneName(session, session.args.slice(0, before))
    const command = session.args.slice(before)
    const images = session.flags.list("image")
    if (images.length > 1 && command.length > 0) throw plainError("cannot specify multiple --image options and command")
    const labels = { app: name }
    const port = session.flags.number("port")
    const containers = images.map((image) => ({
      ...(command.length > 0 ? { command } : {}),
      image,
      name: containerNameOf(image),
      ...(port >= 0 ? { ports: [{ containerPort: port }] } : {}),
      resources: {},
    }))
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { labels, name },
      spec: {
        replicas: session.flags.number("replicas"),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers } },
      },
      status: {},
    }
    return createGenerated(session, "deployments.apps", deployment, "created", "kubectl-create")
  },
}
