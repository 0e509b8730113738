import { existsSync } from "node:fs"
import { delimiter, join, resolve } from "node:path"
import { KubeConfig } from "@kubernetes/client-node"
import { err, ok, type Result } from "@pilotage/kube-model"
import type { SourceError } from "../source-error.ts"
import type { SourceOptions } from "../source-options.ts"

/** What kubeconfig files depend on besides themselves. */
export interface KubeconfigSurroundings {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** A way into one cluster. */
export interface Access {
  readonly config: KubeConfig
  readonly context: string
  /** Was the context named, or is it the kubeconfig's current one? */
  readonly isCurrent: boolean
  readonly files: readonly string[]
  /** How kubectl is asked the same: `kubectl --context kind-kind`. */
  readonly kubectl: string
  readonly server: string
  readonly namespace: string
  readonly otherContexts: readonly string[]
}

const filesOf = (options: SourceOptions, { folder, env, home }: KubeconfigSurroundings): readonly string[] => {
  if (options.kubeconfig !== undefined) return [resolve(folder, options.kubeconfig)]
  if (env.KUBECONFIG) return env.KUBECONFIG.split(delimiter).filter((file) => file !== "")
  return [join(home, ".kube", "config")]
}

const problem = (message: string, fix: string, file?: string): Result<never, SourceError> =>
  err({ ...(file === undefined ? {} : { file }), message, fix })

const FIX_NONE = "Name manifests or a dump with -f, or a kubeconfig with --kubeconfig."

/** Several files count as one; of two entries with one name the first is taken, as kubectl does. */
const merged = (configs: readonly KubeConfig[]): KubeConfig => {
  const firsts = <Entry extends { readonly name: string }>(entries: readonly Entry[]): Entry[] =>
    entries.filter((entry, index) => entries.findIndex(({ name }) => name === entry.name) === index)
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: firsts(configs.flatMap((each) => each.clusters)),
    users: firsts(configs.flatMap((each) => each.users)),
    contexts: firsts(configs.flatMap((each) => each.contexts)),
    currentContext: configs.find((each) => each.currentContext)?.currentContext ?? "",
  })
  return config
}

/** The context that the options mean, and how to reach its cluster. */
export const openKubeconfig = (
  options: SourceOptions,
  surroundings: KubeconfigSurroundings,
): Result<Access, SourceError> => {
  const wanted = filesOf(options, surroundings)
  const files = wanted.filter((file) => existsSync(file))
  if (files.length === 0)
    return problem("there is no such kubeconfig, and no -f was given", FIX_NONE, wanted.join(", "))
  const configs: KubeConfig[] = []
  for (const file of files) {
    const config = new KubeConfig()
    try {
      config.loadFromFile(file)
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause)
      return problem(`is no kubeconfig: ${said}`, "kubectl config view --kubeconfig FILE should show it.", file)
    }
    configs.push(config)
  }
  const config = merged(configs)
  const name = options.context ?? config.currentContext
  const names = config.contexts.map((each) => each.name)
  const where = files.join(", ")
  const choose = names.length > 0 ? `Choose with --context: ${names.join(", ")}.` : FIX_NONE
  if (!name) return problem("has no current context", choose, where)
  const context = config.getContextObject(name)
  if (!context) return problem(`has no context ${name}`, choose, where)
  const cluster = config.getCluster(context.cluster)
  if (!cluster)
    return problem(`context ${name} names the cluster ${context.cluster}, which is not there`, choose, where)
  config.setCurrentContext(name)
  return ok({
    config,
    context: name,
    isCurrent: options.context === undefined,
    files,
    kubectl: `kubectl${options.kubeconfig === undefined ? "" : ` --kubeconfig ${options.kubeconfig}`} --context ${name}`,
    server: cluster.server,
    namespace: context.namespace ?? "default",
    otherContexts: names.filter((each) => each !== name),
  })
}
