import { type LoadBalancerName, loadBalancerEnvironments } from "@pilotage/embedded-cluster"
import { type Command, InvalidArgumentError, Option } from "commander"

const PROXY_MODES = ["iptables", "nftables", "ipvs"] as const
const LOAD_BALANCERS = Object.keys(loadBalancerEnvironments) as readonly LoadBalancerName[]

export interface ClusterStartOptions {
  readonly nodes?: number
  readonly nodeNames?: readonly string[]
  readonly proxyMode: (typeof PROXY_MODES)[number]
  readonly loadBalancer: LoadBalancerName
  readonly seed: number
  readonly port: number
  readonly kubeconfig?: string
  readonly filename?: readonly string[]
}

const MAX_NODES = 100

const wholeNumber =
  (what: string, from: number, to: number) =>
  (value: string): number => {
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < from || number > to)
      throw new InvalidArgumentError(`${what} from ${from} to ${to}.`)
    return number
  }

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

const environments = Object.entries(loadBalancerEnvironments)
  .map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`)
  .join("\n")

const EXAMPLES = `
It runs until Ctrl-C. It prints its URL and the line for another terminal, where
kubectl and every other Kubernetes client then reach the cluster:

  pilotage cluster start
  export KUBECONFIG=/tmp/pilotage-Xy12Zz/kubeconfig
  kubectl get nodes,svc,pods -A -o wide

Nodes, pods and requests are computed: nothing is downloaded or run. Pods behave
as the images agnhost, nginx, httpd, http-echo, python, busybox, alpine, curl,
netshoot and redis do; others end in ErrImagePull. What else is like Kubernetes
1.36 and what is not: docs/fidelity.md.

More examples:
  pilotage cluster start --nodes 5 --proxy-mode nftables --load-balancer metallb
  pilotage cluster start -f manifests/ --kubeconfig ./kubeconfig --port 6443
  kubectl kustomize overlays/test | pilotage cluster start -f -
  pilotage cluster start --node-names kind-control-plane,kind-worker,kind-worker2

In a script: give --kubeconfig FILE, start it with & and wait until FILE is there.
The kubeconfig and all objects are gone when the cluster ends.

Only this machine reaches it, and only with the token that is in the kubeconfig.
Its time is the wall clock's. The same --seed and the same requests give the same
names, uids and addresses.

Load balancers, for Services of type LoadBalancer without a loadBalancerClass:
${environments}

Exit codes: 0 ended by Ctrl-C or a signal, 1 an object, a port or a file will not
do, 2 the command line is wrong.`

/** Describes `pilotage cluster start`; `run` gets what was typed. */
export const defineClusterStart = (command: Command, run: (options: ClusterStartOptions) => Promise<void>): void => {
  command
    .description("run an embedded cluster in the foreground, for kubectl and other real clients")
    .option(
      "--nodes <count>",
      "how many nodes, the control plane's included (default: 3)",
      wholeNumber("Nodes are counted", 1, MAX_NODES),
    )
    .option("--node-names <names>", "their names instead of node-1…, with commas between", (value) => value.split(","))
    .addOption(new Option("--proxy-mode <mode>", "kube-proxy's mode").choices(PROXY_MODES).default("iptables"))
    .addOption(
      new Option("--load-balancer <kind>", "who gives Services of type LoadBalancer their addresses")
        .choices(LOAD_BALANCERS)
        .default("none"),
    )
    .addOption(
      new Option("--seed <number>", "of all chance: names, uids, addresses, backends")
        .argParser(wholeNumber("A seed is", 0, 4_294_967_295))
        .default(1),
    )
    .addOption(
      new Option("--port <number>", "of the API server; 0: any free one")
        .argParser(wholeNumber("A port is", 0, 65_535))
        .default(0),
    )
    .option("--kubeconfig <file>", "where to write the kubeconfig (default: a new temporary file)")
    .option(
      "-f, --filename <path>",
      "objects to begin with: a YAML or JSON file, a folder or - for standard input; repeatable",
      collect,
    )
    .addHelpText("after", EXAMPLES)
    .action(run)
}
