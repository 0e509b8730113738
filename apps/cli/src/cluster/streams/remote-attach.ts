import { type Cluster, jsonText, type PodConnection } from "@pilotage/embedded-cluster"
import { isStream } from "@pilotage/kube-model"
import type { WallClock } from "../wall-clock.ts"
import { success } from "./exec-status.ts"
import type { RemoteStreams } from "./remote-streams.ts"

type Attach = Extract<PodConnection, { readonly kind: "exec" | "attach" }>

/**
 * Shows what a container's main process writes from now on, until it ends or the client leaves. Such a
 * process reads nothing, so what the client types goes nowhere.
 */
export const remoteAttach = (
  cluster: Cluster,
  clock: WallClock,
  { namespace, pod, container, stdout, tty }: Attach,
  streams: RemoteStreams,
): void => {
  const query = `container=${encodeURIComponent(container)}&follow=true&tailLines=0`
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`
  const answer = clock.at(() => cluster.request({ method: "GET", path }))
  if (!isStream(answer)) {
    streams.finish(success)
    return
  }
  streams.onGone(answer.close)
  const readAway = async (): Promise<void> => {
    for await (const _ of streams.stdin);
  }
  readAway().catch(answer.close)
  answer.subscribe(
    (chunk) => {
      const text = typeof chunk === "string" ? chunk : jsonText(chunk)
      if (stdout) streams.stdout.write(Buffer.from(tty ? text.replaceAll("\n", "\r\n") : text))
    },
    () => streams.finish(success),
  )
}
