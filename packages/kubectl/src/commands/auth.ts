import { findType } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { Failure, plainError } from "../failure.ts"
import { ALL_NAMESPACES } from "../flags/flag-groups.ts"
import { at, text } from "../json-value.ts"

const canI: Command = {
  name: "can-i",
  summary: "Ask whether an action is allowed",
  usage: "VERB TYPE[/NAME]",
  flags: [ALL_NAMESPACES, { name: "quiet", short: "q", kind: "bool" }, { name: "subresource", kind: "string" }],
  async run(session) {
    const [verb, resource, ...rest] = session.args
    if (!verb || !resource || rest.length > 0)
      throw plainError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples",
      )
    const [typeWord = "", name = ""] = resource.split("/")
    const type = findType(await session.discovery(), typeWord)
    if (!type) session.warn(`the server doesn't have a resource type '${typeWord}'\n`)
    const namespace = session.flags.bool("all-namespaces") || type?.namespaced === false ? "" : session.namespace
    const answer = await session.api.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        metadata: {},
        spec: {
          resourceAttributes: {
            namespace,
            verb,
            group: type?.group ?? "",
            resource: type?.plural ?? typeWord,
            subresource: session.flags.text("subresource"),
            name,
          },
        },
      },
    })
    const allowed = at(answer, "status", "allowed") === true
    const reason = text(at(answer, "status", "reason"))
    if (!session.flags.bool("quiet")) session.print(allowed ? "yes" : reason === "" ? "no" : `no - ${reason}`)
    if (!allowed) throw new Failure("", 1)
    return 0
  },
}

export const auth: Command = { name: "auth", summary: "Ask what you may do", children: [canI] }
