import type { Pod } from "@pilotage/kube-model"
import type { ListeningSocket } from "@pilotage/routing-core"

const listens = (port: number, protocol: ListeningSocket["protocol"]): ListeningSocket => ({
  address: "0.0.0.0",
  port,
  protocol,
})

const flag = (args: readonly string[], name: string, otherwise: number): number =>
  Number(args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise)

/** What the containers of the recordings listen on: agnhost's netexec by its flags, `nc -l -p N` in a script, else nothing. */
export const socketsOf = (pod: Pod): readonly ListeningSocket[] =>
  pod.spec.containers.flatMap(({ command = [], args = [] }) => {
    if (args[0] === "netexec")
      return [listens(flag(args, "http-port", 8080), "TCP"), listens(flag(args, "udp-port", 8081), "UDP")]
    const script = /nc -l -p (\d+)/.exec(command.join(" "))
    return script ? [listens(Number(script[1]), "TCP")] : []
  })

/** `agnhost netexec on 8080, UDP 8081`: what a machine outside the cluster is said to serve; TCP unless it says UDP. */
export const socketsServed = (text: string): readonly ListeningSocket[] =>
  [...text.matchAll(/\b(UDP )?(\d{2,5})\b/g)].map(([, udp, port]) => listens(Number(port), udp ? "UDP" : "TCP"))

/** A probe that runs `false` never succeeds; every other pod of the recordings was ready when it was asked. */
export const isEverReady = (pod: Pod): boolean =>
  !pod.spec.containers.some((each) => each.readinessProbe?.exec?.command?.[0] === "false")
