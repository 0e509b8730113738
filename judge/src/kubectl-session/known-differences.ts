/**
 * Why a command differs, by what it is and in which lines. All that is given must hold: `recorded` matches a recorded line
 * that is missing here, `here` one that is new here, `every` all of them; lines begin with `stdout `, `stderr ` or `exit `.
 */
export interface KnownDifference {
  readonly reason: string
  readonly cmd?: RegExp
  readonly recorded?: RegExp
  readonly here?: RegExp
  readonly every?: RegExp
  /** Nothing is here that was not recorded. */
  readonly onlyLess?: true
}

/** The first that fits counts. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason: "parts of the control plane, the proxies and the pod network run without pods here",
    recorded: /kindnet|kube-apiserver|etcd-|kube-proxy-⟨suffix⟩|kube-scheduler|kube-controller-manager-/,
  },
  {
    reason: "the server's message ends with a dump of its inner Go values, which there are none of here",
    recorded: /^stderr @@ -\d+/,
  },
  {
    reason: "clients here show a token, not a certificate",
    recorded: /credential-id/,
    onlyLess: true,
  },
  {
    reason: "the recorded node had thrown that log away",
    recorded: /unable to retrieve container logs/,
  },
  {
    reason: "what a pod that was soon deleted had come to by then hangs on how fast its node is",
    cmd: /\b(?:get )?events\b/,
    every:
      /^stdout .*\b(?:Scheduled|Created|Pulling|Pulled|Started|Killing|Failed|BackOff|SuccessfulCreate|SuccessfulDelete)\b/,
  },
]
