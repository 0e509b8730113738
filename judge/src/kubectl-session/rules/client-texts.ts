import { each, type Rule, replacing } from "./rule.ts"

/** Objects that one `kubectl describe` tells of. */
const described = (text: string): readonly string[] =>
  [...text.matchAll(/^Name: +(\S+)$/gm)].map(([, name = ""]) => name)

const withoutEvents = (text: string): string => text.replace(/^Events:.*\n(?:[ \t].*\n)*/gm, "")

/** Fields whose only content was the time of creation are empty without it. */
const withoutNullTime = (text: string): string =>
  text
    .replace(/^( *)metadata:\n *creationTimestamp: null\n(?!\1 )/gm, "$1metadata: {}\n")
    .replace(/^ *(?:- )?creationTimestamp: null\n/gm, "")
    .replace(/"creationTimestamp": ?null(?:,\s*)?/g, "")
    .replace(/\{\s+\}/g, "{}")

const unquoted = (text: string): string => text.replaceAll('\\"', '"')

/** Read off kubectl's own texts from 1.32 to 1.36 (k8s.io/kubectl, cli-runtime, apimachinery). */
export const CLIENT_RULES: readonly Rule[] = [
  {
    name: "the client's own version",
    kind: "client",
    differs: "always",
    cmd: /\bversion\b/,
    level: each((text) =>
      text
        .replace(/^(Client Version|Kustomize Version): .*$/gm, "$1: its own")
        .replace(/^clientVersion:\n(?: .*\n)+kustomizeVersion: .*\n/m, "clientVersion: its own\n")
        .replace(/"clientVersion": \{[^{}]*\},\n *"kustomizeVersion": "[^"]*"/, '"clientVersion": "its own"')
        .replace(/^W(?:ARNING|arning): version difference between client .*\n/gm, ""),
    ),
    reason: "kubectl tells its own version and how far it is from the server's",
  },
  {
    name: "lines of kubectl's own source",
    kind: "client",
    differs: "always",
    stream: "stderr",
    level: replacing(/(?<=^[IWEF]\d{4} .* \w+\.go:)\d+(?=\])/gm, "0"),
    reason: "a line of klog names the line of kubectl's source that it comes from",
  },
  {
    name: "help",
    kind: "client",
    differs: "always",
    cmd: /\bkubectl help\b| --help\b/,
    level: each(() => "kubectl's help\n"),
    reason: "help comes out of kubectl, which asks no server",
  },
  {
    name: "flags that are wrong, in Google's build",
    kind: "client",
    differs: { build: /-dispatcher$/ },
    stream: "stderr",
    level: each((text) =>
      text
        .replace(/^[IWEF]\d{4} .* run\.go:\d+\] "command failed" err="((?:[^"\\]|\\.)*)"$/gm, (_, error: string) => {
          return `error: ${unquoted(error)}`
        })
        .replace(/^Error: (?=unknown |flag |invalid |accepts |required )/gm, "error: ")
        .replace(/^(error: unknown command [\s\S]*\n)\n$/, "$1"),
    ),
    reason:
      "Google's build of kubectl has cobra and klog print the errors of its command line, others print them themselves",
  },
  {
    name: "versions that a server emulates",
    kind: "client",
    differs: { since: 33 },
    cmd: /\bversion\b/,
    level: replacing(/^ *"?(?:emulation|minCompatibility)M(?:ajor|inor)"?: .*\n/gm, ""),
    reason: "kubectl before 1.33 does not know these fields of /version and leaves them out",
  },
  {
    name: "Optional of environment sources",
    kind: "client",
    differs: { since: 33 },
    cmd: /\bdescribe\b/,
    level: replacing(
      /^( +)(?:ConfigMapOptional|SecretOptionalName|Optional): +(?:(true)|false|<nil>)$/gm,
      "$1Optional:  $2",
    ),
    reason:
      "kubectl before 1.33 calls it ConfigMapOptional or SecretOptionalName and prints <nil> where nothing is set",
  },
  {
    name: "deleted from NAMESPACE namespace",
    kind: "client",
    differs: { since: 34 },
    level: replacing(/(?<= deleted) from \S+ namespace(?= \(|$)/gm, ""),
    reason: "kubectl names the namespace since 1.34",
  },
  {
    name: "names of container ports",
    kind: "client",
    differs: { since: 34 },
    cmd: /\b(?:describe|rollout history|set|run|create)\b/,
    level: each((text) =>
      text.replace(/^ +(?:Host )?Ports?:.*\d\/(?:TCP|UDP|SCTP) \(.*$/gm, (line) =>
        line.replace(/ \([a-z0-9-]+\)/g, ""),
      ),
    ),
    reason: "kubectl describes a container's port with its name since 1.34",
  },
  {
    name: "creationTimestamp: null",
    kind: "client",
    differs: { since: 34 },
    level: each(withoutNullTime),
    reason: "objects that kubectl makes itself have no empty time of creation since 1.34",
  },
  {
    name: "kyaml among the output formats",
    kind: "client",
    differs: { since: 34 },
    stream: "stderr",
    level: each((text) => text.replace(/^.*allowed formats are: .*$/gm, (line) => line.replace(/,kyaml(?=,|$)/, ""))),
    reason: "kubectl prints KYAML since 1.34",
  },
  {
    name: "no objects passed to scale",
    kind: "client",
    differs: { since: 35 },
    cmd: /\bscale\b/,
    stream: "stderr",
    level: replacing(
      /^error: no objects passed to scale (?=\S+ "[^"]*" not found)/gm,
      "Error from server (NotFound): ",
    ),
    reason: "kubectl since 1.35 shows the server's error as it is",
  },
  {
    name: "the part of a pod that an event is about",
    kind: "client",
    differs: { since: 35 },
    cmd: /\bdescribe\b/,
    level: replacing(/(?<= )spec\.(?:initContainers|containers|ephemeralContainers)\{[^{}]*\}: /g, ""),
    reason: "the events of a description name it since 1.35",
  },
  {
    name: "Kube-Proxy Version of nodes",
    kind: "client",
    differs: { since: 36 },
    cmd: /\bdescribe\b/,
    level: replacing(/^ +Kube-Proxy Version:.*\n/gm, ""),
    reason: "kubectl leaves the line out since 1.36; the field is always empty by then",
  },
  {
    name: "events of several objects",
    kind: "client",
    differs: { since: 36 },
    cmd: /\bdescribe\b(?!.* --show-events)/,
    level: each((text, cmd) => {
      const names = described(text)
      const isPrefix = names.some((name) => !cmd.includes(name)) && !/ -f | -[lA]\b| --(?:selector|all)/.test(cmd)
      return names.length > 1 || isPrefix ? withoutEvents(text) : text
    }),
    reason: "kubectl since 1.36 describes several objects, or those that a name begins, without their events",
  },
  {
    name: "the containers of a pod in errors",
    kind: "client",
    differs: { since: 36 },
    stream: "stderr",
    level: replacing(
      /^(?:error|Error from server \(BadRequest\)): container (\S+) (?:is not valid for|not found in) pod (\S+)(?: out of: .*)?$/gm,
      "error: container $1 is not valid for pod $2",
    ),
    reason: "kubectl since 1.36 looks for the container before it asks the server, and names those that there are",
  },
  {
    name: "warning of a rollback behind apply's back",
    kind: "client",
    differs: { since: 36 },
    cmd: /\brollout undo\b/,
    stream: "stderr",
    level: replacing(/^Warning: resource \S+ was previously managed with 'kubectl apply'\. .*\n/gm, ""),
    reason: "kubectl warns since 1.36",
  },
  {
    name: "the namespace in what a session is resumed by",
    kind: "client",
    differs: { since: 36 },
    level: replacing(/(?<=(?:resume using|reattached using) '.*) -n \S+(?= -i -t')/gm, ""),
    reason: "kubectl names the namespace since 1.36",
  },
  {
    name: "Time Zone of CronJobs",
    kind: "client",
    differs: { since: 36 },
    cmd: /\bdescribe\b/,
    level: replacing(/^Time Zone: .*\n/gm, ""),
    reason: "kubectl describes it since 1.36",
  },
  {
    name: "Namespace of DaemonSets",
    kind: "client",
    differs: { since: 33 },
    cmd: /\bdescribe\b.*\b(?:ds|daemonsets?)\b/,
    level: replacing(/^Namespace: .*\n/gm, ""),
    reason: "kubectl describes it since 1.33",
  },
]
