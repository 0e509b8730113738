import type { IPFamily, Protocol } from "@pilotage/kube-model"

/** `IPv4:TCP:30080`. */
export const nodePortKey = (family: IPFamily, protocol: Protocol, port: number): string =>
  `${family}:${protocol}:${port}`

/** `node-1:TCP:8080`. */
export const hostPortKey = (node: string, protocol: Protocol, port: number): string => `${node}:${protocol}:${port}`
