import type { Packet } from "@pilotage/routing-core"
import { addressText } from "./words.ts"

export interface PacketLineProps {
  readonly packet: Packet
  /** The packet as it was; what differs from it is marked. */
  readonly before?: Packet
}

/** A packet's 5-tuple, `10.244.2.9 → 10.96.20.10:80 TCP`. */
export function PacketLine({ packet, before }: PacketLineProps) {
  const side = (name: "source" | "destination") => {
    const text = addressText(packet[name])
    return before && addressText(before[name]) !== text ? <mark>{text}</mark> : text
  }
  return (
    <code>
      {side("source")} → {side("destination")} {packet.protocol}
    </code>
  )
}
