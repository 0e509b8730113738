import type { Differences } from "./comparison.ts"
import type { RecordedCommand } from "./session-file.ts"

interface KnownDifference {
  readonly reason: string
  readonly applies: (recorded: RecordedCommand, differences: Differences) => boolean
}

const missing = (differences: Differences): readonly string[] =>
  differences.filter((line) => line.startsWith("-")).map((line) => line.slice(1))

const added = (differences: Differences): readonly string[] =>
  differences.filter((line) => line.startsWith("+")).map((line) => line.slice(1))

const some = (lines: readonly string[], pattern: RegExp): boolean => lines.some((line) => pattern.test(line))

/** Words that only tell how far something has come. */
const STEPS =
  /Pending|ContainerCreating|Running|Terminating|Completed|Error|CrashLoopBackOff|ErrImagePull|ImagePullBackOff/

const KNOWN: readonly KnownDifference[] = [
  {
    reason: "the embedded API server serves the types that the course needs",
    applies: ({ cmd }, differences) => /api-(?:resources|versions)/.test(cmd) && added(differences).length === 0,
  },
  {
    reason: "the control plane, the proxies and the pod network run without pods here",
    applies: (_, differences) => some(missing(differences), /kindnet|kube-apiserver|etcd-|kube-proxy-⟨suffix⟩/),
  },
  {
    reason: "the server's message ends with a dump of its inner types, which there are none of here",
    applies: (_, differences) => some(missing(differences), /^stderr @@ -\d+/),
  },
  {
    reason: "fields are described in our own words",
    applies: ({ cmd, exit }, differences) =>
      /^kubectl explain /.test(cmd) &&
      exit === 0 &&
      !some(differences, /^[-+](?:exit|stderr)|stdout (?:KIND|VERSION|FIELD):/),
  },
  {
    reason: "clients here show a token, not a certificate",
    applies: (_, differences) => some(missing(differences), /credential-id/) && added(differences).length === 0,
  },
  {
    reason: "the recorded node had thrown that log away",
    applies: (_, differences) => some(missing(differences), /unable to retrieve container logs/),
  },
  {
    reason: "exec and port-forward are not served over HTTP",
    applies: (_, differences) => some(added(differences), /unable to upgrade connection/),
  },
  {
    reason: "how far things have come between two looks differs",
    applies: ({ cmd }, differences) =>
      /rollout status/.test(cmd)
        ? differences.every((line) => /^.stdout Waiting for deployment /.test(line))
        : differences.every((line) => line.startsWith("-stdout") || line.startsWith("+stdout")) &&
          missing(differences)
            .map((line) => line.replace(STEPS, ""))
            .join() ===
            added(differences)
              .map((line) => line.replace(STEPS, ""))
              .join(),
  },
]

/** Why a command differs, if a rule knows it. */
export const knownReason = (recorded: RecordedCommand, differences: Differences): string | undefined =>
  KNOWN.find(({ applies }) => applies(recorded, differences))?.reason
