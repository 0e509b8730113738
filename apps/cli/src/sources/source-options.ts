import { type Command, InvalidArgumentError, Option } from "commander"

/** Where the objects come from, and what they do not say about the network. */
export interface SourceOptions {
  /** Files, folders and `-`; none: a live cluster. */
  readonly filename?: readonly string[]
  readonly kubeconfig?: string
  readonly context?: string
  /** For names without one. */
  readonly namespace?: string
  /** Nodes of the simulated cluster. */
  readonly nodes?: number
  readonly proxyMode?: "iptables" | "nftables" | "ipvs"
  readonly clusterCidr?: string
  readonly serviceCidr?: string
  readonly nodeCidr?: string
  readonly networkPolicies?: "enforced" | "ignored"
}

const MAX_NODES = 100

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

const nodeCount = (value: string): number => {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1 || count > MAX_NODES)
    throw new InvalidArgumentError(`Nodes are counted from 1 to ${MAX_NODES}.`)
  return count
}

/** Gives a command the options that `readCluster` understands. */
export const withSourceOptions = (command: Command): Command =>
  command
    .option(
      "-f, --filename <path>",
      "YAML or JSON: a file, a folder (with all below it) or - for standard input; repeatable",
      collect,
    )
    .option("--kubeconfig <file>", "read a live cluster; default without -f: $KUBECONFIG or ~/.kube/config")
    .option("--context <name>", "the kubeconfig's context; default: its current one, which is then named")
    .option("-n, --namespace <name>", "the namespace of names without one")
    .option("--nodes <count>", "nodes of the simulated cluster, for manifests without running pods", nodeCount)
    .addOption(
      new Option("--proxy-mode <mode>", "kube-proxy's mode, where the objects do not say it").choices([
        "iptables",
        "nftables",
        "ipvs",
      ]),
    )
    .option("--cluster-cidr <cidr>", "the pods' network, where the objects do not say it")
    .option("--service-cidr <cidr>", "the Services' network, where the objects do not say it")
    .option("--node-cidr <cidr>", "the nodes' network, where the objects do not say it")
    .addOption(
      new Option(
        "--network-policies <what>",
        "what the pod network does with them, where its pods do not tell",
      ).choices(["enforced", "ignored"]),
    )
