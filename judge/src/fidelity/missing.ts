import type { Missing } from "./discovery.ts"
import { code, table } from "./markdown.ts"

export const missingSection = ({ versions, resources, verbs }: Missing): readonly string[] => [
  "## What is missing",
  "",
  "The recorded discovery of a v1.36.3 server (kind, default feature gates) less ours.",
  "",
  ...(versions.length + resources.length + verbs.length === 0 ? ["Nothing.", ""] : []),
  ...table(
    ["API version that is not served", "its resources"],
    versions.map((each) => [each.apiVersion, each.resources.join(", ")]),
  ),
  ...table(
    ["API version", "resource that is not served"],
    resources.map((each) => [each.apiVersion, each.resource]),
  ),
  ...table(
    ["API version", "path", "verbs that are not served"],
    verbs.map((each) => [each.apiVersion, code(each.path), each.verbs.join(", ")]),
  ),
]
