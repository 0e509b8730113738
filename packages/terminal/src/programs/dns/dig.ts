import type { DnsAnswer, DnsType } from "../../host.ts"
import { dateLine } from "../machine.ts"
import type { Program, Run } from "../program.ts"
import {
  ask,
  isAddress,
  isType,
  messageBytes,
  messageId,
  questionLine,
  recordLine,
  reverseName,
  SILENT_SERVER_MS,
  withDot,
} from "./records.ts"

/** What dig adds to its question and the server to its answer: an OPT record. */
const EDNS_BYTES = 11

interface Question {
  readonly name: string
  readonly type: DnsType
  readonly short: boolean
  readonly search: boolean
  readonly server: string | undefined
  readonly sections: { readonly comments: boolean; readonly answer: boolean }
}

/** Words of dig's command line that change only what is not modelled. */
const WITHOUT_EFFECT =
  /^\+(no)?(tcp|vc|recurse|edns|cookie|cmd|question|stats|authority|additional|time=\d+|tries=\d+|retry=\d+|timeout=\d+)$/

const readQuestion = (args: readonly string[]): Question | string => {
  let name: string | undefined
  let type: DnsType = "A"
  let short = false
  let search = false
  let server: string | undefined
  let comments = true
  let answer = true
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ""
    const upper = arg.toUpperCase()
    if (arg.startsWith("@")) server = arg.slice(1)
    else if (arg === "-x") {
      index += 1
      name = reverseName(args[index] ?? "")
      type = "PTR"
    } else if (arg === "-t") {
      index += 1
      const wanted = (args[index] ?? "").toUpperCase()
      if (!isType(wanted)) return `;; Warning, ignoring invalid type ${wanted}`
      type = wanted
    } else if (arg === "+short") short = true
    else if (arg === "+search") search = true
    else if (arg === "+nosearch") search = false
    else if (arg === "+noall") {
      comments = false
      answer = false
    } else if (arg === "+answer") answer = true
    else if (arg === "+nocomments") comments = false
    else if (WITHOUT_EFFECT.test(arg) || arg === "-4" || upper === "IN") continue
    else if (arg.startsWith("+") || arg.startsWith("-"))
      return `Invalid option: ${arg}\nUsage:  dig [@server] [-t type] [-x address] [+short] [+search] [name] [type]`
    else if (isType(upper) && name !== undefined) type = upper
    else if (isType(upper) && args.length > 1 && index === 0) type = upper
    else name = arg
  }
  return { name: name ?? ".", type, short, search, server, sections: { comments, answer } }
}

const printLong = (run: Run, question: Question, answer: DnsAnswer): void => {
  const asked = withDot(answer.steps.at(-1)?.query ?? question.name)
  const { comments } = question.sections
  if (comments)
    run.print(
      `\n; <<>> DiG 9.18 <<>> ${run.args.join(" ")}\n;; global options: +cmd\n;; Got answer:\n` +
        `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${messageId(asked)}\n` +
        `;; flags: qr aa rd; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: 1\n` +
        ";; WARNING: recursion requested but not available\n\n" +
        `;; QUESTION SECTION:\n${questionLine(asked, question.type)}\n`,
    )
  if (question.sections.answer && answer.records.length > 0) {
    if (comments) run.print(";; ANSWER SECTION:\n")
    for (const record of answer.records) run.print(recordLine(record))
    if (comments) run.print("\n")
  }
  if (comments)
    run.print(
      `;; Query time: 0 msec\n;; SERVER: ${answer.server}#53(${answer.server}) (UDP)\n;; WHEN: ${dateLine(run.now()).replace("  ", " 0")}\n;; MSG SIZE  rcvd: ${messageBytes(asked, answer) + EDNS_BYTES}\n\n`,
    )
}

/** dig asks the name as it is, unless +search. 9: no server answered. */
export const dig: Program = async (run) => {
  const question = readQuestion(run.args)
  if (typeof question === "string") {
    run.streams.stderr.write(`${question}\n`)
    return 1
  }
  const answer = ask(run, question.name, question.type, question.search)
  const reaches =
    question.server === undefined || question.server === answer.server || isServerName(run, question.server, answer)
  if (!reaches || (answer.rcode === "SERVFAIL" && answer.steps.length === 0)) {
    await run.sleep(SILENT_SERVER_MS)
    run.print(
      `;; communications error to ${question.server ?? answer.server}#53: timed out\n;; no servers could be reached\n`,
    )
    return 9
  }
  await run.sleep(1)
  if (question.short) for (const record of answer.records) run.print(`${record.data}\n`)
  else printLong(run, question, answer)
  return 0
}

const isServerName = (run: Run, server: string, answer: DnsAnswer): boolean =>
  !isAddress(server) && ask(run, server, "A", true).records.some((record) => record.data === answer.server)
