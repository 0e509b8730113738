import { usageError } from "../inputs.ts"
import { parseOptions } from "../options.ts"
import type { Program } from "../program.ts"
import {
  ask,
  isAddress,
  isType,
  messageBytes,
  messageId,
  questionLine,
  recordLine,
  reverseName,
  withDot,
} from "./records.ts"

const undotted = (name: string): string => name.replace(/\.$/, "")

/** `host NAME`: one line an answer; 1 when there is none. */
export const host: Program = async (run) => {
  const options = parseOptions(run.args, { flags: "v4", values: "tW" })
  if (!options.ok) return usageError(run, options.error, 1)
  const name = options.value.operands[0]
  if (name === undefined) return usageError(run, "a name is needed: host NAME", 1)
  const wanted = (options.value.value("t") ?? (isAddress(name) ? "PTR" : "A")).toUpperCase()
  if (!isType(wanted)) return usageError(run, `invalid type: ${wanted}`, 1)
  const answer = ask(run, isAddress(name) ? reverseName(name) : name, wanted, true)
  await run.sleep(1)
  if (options.value.has("v")) for (const step of answer.steps) run.print(`Trying "${undotted(step.query)}"\n`)
  const asked = answer.steps.at(-1)?.query ?? name
  const received = `Received ${messageBytes(asked, answer)} bytes from ${answer.server}#53 in 0 ms\n`
  if (answer.rcode !== "NOERROR") {
    run.print(`Host ${name} not found: ${answer.rcode === "NXDOMAIN" ? "3(NXDOMAIN)" : "2(SERVFAIL)"}\n`)
    if (options.value.has("v")) run.print(received)
    return 1
  }
  if (options.value.has("v")) {
    run.print(
      `;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: ${messageId(asked)}\n` +
        `;; flags: qr aa rd; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: 0\n\n` +
        `;; QUESTION SECTION:\n${questionLine(withDot(asked), wanted)}\n` +
        `;; ANSWER SECTION:\n${answer.records.map(recordLine).join("")}\n${received}`,
    )
    return 0
  }
  if (answer.records.length === 0) run.print(`${undotted(asked)} has no ${wanted} record\n`)
  const verbs = {
    A: "has address",
    AAAA: "has IPv6 address",
    CNAME: "is an alias for",
    PTR: "domain name pointer",
    SRV: "has SRV record",
  }
  for (const record of answer.records) run.print(`${undotted(record.name)} ${verbs[record.type]} ${record.data}\n`)
  return 0
}
