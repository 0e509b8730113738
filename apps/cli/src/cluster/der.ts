const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const size = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, "0"), "hex")
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content])
}

/** DER, as far as a certificate needs it: contents up to 65,535 bytes (ITU-T X.690). */
export const der = {
  sequence: (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts),
  set: (...parts: readonly Buffer[]): Buffer => tagged(0x31, ...parts),
  /** `[number]` around other values. */
  explicit: (number: number, ...parts: readonly Buffer[]): Buffer => tagged(0xa0 | number, ...parts),
  /** `[number]` in place of the type of a plain value. */
  implicit: (number: number, value: Buffer): Buffer => tagged(0x80 | number, value),
  /** Not negative. */
  integer: (bytes: Buffer): Buffer =>
    tagged(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes),
  /** The arcs as they are encoded, in hex. */
  oid: (hex: string): Buffer => tagged(0x06, Buffer.from(hex, "hex")),
  yes: tagged(0x01, Buffer.from([0xff])),
  utf8: (text: string): Buffer => tagged(0x0c, Buffer.from(text)),
  octets: (...parts: readonly Buffer[]): Buffer => tagged(0x04, ...parts),
  bits: (bytes: Buffer, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), bytes),
  /** UTCTime: until 2049. Milliseconds since 1970. */
  time: (at: number): Buffer =>
    tagged(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`)),
}
