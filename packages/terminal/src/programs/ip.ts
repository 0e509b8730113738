import type { Program } from "./program.ts"

/** The machine's own address, from /etc/hosts or, outside, from its origin. */
const addressOf = (run: Parameters<Program>[0]): string | undefined => {
  const { machine, files } = run.scope.shell.station
  if (machine.origin.kind === "outside" || machine.origin.kind === "node-network") return machine.origin.ip
  const hosts = files.read("/etc/hosts")
  if (!hosts.ok) return undefined
  return hosts.value
    .split("\n")
    .map((line) => line.split(/\s+/))
    .find((words) => words.slice(1).includes(machine.hostname))?.[0]
}

/** `ip addr`: the addresses. Routes belong to the host network and are not modelled. */
export const ip: Program = async (run) => {
  const words = run.args.filter((arg) => !arg.startsWith("-"))
  const object = words[0] ?? ""
  if (object === "" || !"address".startsWith(object)) {
    run.streams.stderr.write(`Object "${object}" is unknown, try "ip address".\n`)
    return 1
  }
  const address = addressOf(run)
  const length = run.scope.shell.station.machine.origin.kind === "pod" ? 24 : 16
  run.print("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n")
  if (address !== undefined)
    run.print(`2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet ${address}/${length} scope global eth0\n`)
  return 0
}
