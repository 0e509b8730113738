import type { Command } from "../command.ts"
import { createGenerated, GENERATOR_FLAGS, oneName } from "./create-generated.ts"

export const createNamespace: Command = {
  name: "namespace",
  aliases: ["ns"],
  summary: "Make a namespace",
  usage: "NAME",
  flags: GENERATOR_FLAGS,
  run: (session) =>
    createGenerated(
      session,
      "namespaces",
      { apiVersion: "v1", kind: "Namespace", metadata: { name: oneName(session) }, spec: {}, status: {} },
      "created",
      "kubectl-create",
    ),
}
