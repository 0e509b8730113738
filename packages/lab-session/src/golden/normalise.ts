/** What differs from run to run, and what a pattern makes of it. Order matters. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "TIME"],
  [/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, "TIME"],
  [/I\d{4} \d\d:\d\d:\d\d\.\d{6}/g, "TIME"],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UID"],
  [/(containerd:\/\/|sha256:)[0-9a-f]{64}/g, "$1ID"],
  [/start exec "[0-9a-f]{64}"/g, 'start exec "ID"'],
  [/gitCommit: \S+/g, "gitCommit: ID"],
  [/127\.0\.0\.1:\d+/g, "SERVER"],
  [/6\.18\.44-fc-v657/g, "6.18.44"],
  [/resourceVersion: "\d+"/g, 'resourceVersion: "N"'],
  [/\/tmp\/kubectl-edit-\w+\.yaml/g, "/tmp/kubectl-edit.yaml"],
  [/kind-control-plane|kind-worker2?|node-\d+/g, "NODE"],
  [/kube-api-access-[a-z0-9]{5}/g, "kube-api-access-ID"],
  [/172\.18\.0\.\d+/g, "NODE-IP"],
  [/10\.244\.\d+\.\d+/g, "POD-IP"],
  [/10\.96\.(?!0\.1\b|0\.10\b|77\.77\b)\d+\.\d+/g, "CLUSTER-IP"],
  [/\b(?!30080|30123|30090|31000|32767|30000)3[0-2]\d{3}\b/g, "NODE-PORT"],
  // Template hashes and generated suffixes.
  [/\b(web|hello|noport|coredns)-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, "$1-HASH-ID"],
  [/\b(web|hello|noport|coredns)-(?=[a-z0-9]*\d)[a-z0-9]{8,10}\b/g, "$1-HASH"],
  [/pod-template-hash([=:]) ?[a-z0-9]{8,10}/g, "pod-template-hash$1HASH"],
  [/\b((?:web|manual|kube)(?:-[a-z]+)?)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, "$1-ID"],
  // Ages in tables and in events.
  [/(?<=\s|^)(?:\d+[dhms]){1,2}(?: \(x\d+ over (?:\d+[dhms]){1,2}\))?(?=\s|$)/gm, "AGE"],
  [/\d+ \(AGE ago\)|\d+ \((?:\d+[dhms]){1,2} ago\)/g, "RESTARTS"],
]

const squeezed = (line: string): string => line.replace(/ {2,}/g, "  ").replace(/[ \t]+$/, "")

/** A text in which only what matters is left: volatile values named, column widths levelled. */
export const normalise = (text: string): string =>
  RULES.reduce((current, [pattern, name]) => current.replace(pattern, name), text)
    .split("\n")
    .map(squeezed)
    .join("\n")

/** For outputs whose order and repetitions are chance: each line once, sorted. */
export const asSet = (text: string): string => [...new Set(normalise(text).split("\n"))].sort().join("\n")
