import type { DnsAnswer } from "../../host.ts"
import { usageError } from "../inputs.ts"
import type { Program, Run } from "../program.ts"
import { ask, isAddress, isType, reverseName, SILENT_SERVER_MS } from "./records.ts"

const serverLines = (run: Run, answer: DnsAnswer, busybox: boolean): void =>
  run.print(
    busybox
      ? `Server:\t\t${answer.server}\nAddress:\t${answer.server}:53\n\n`
      : `Server:\t\t${answer.server}\nAddress:\t${answer.server}#53\n\n`,
  )

/** The last domain of the search list: what CoreDNS answers for by itself. */
const clusterZone = (run: Run): string | undefined => {
  const text = run.files.read("/etc/resolv.conf")
  return text.ok ? /^search\s.*?(\S+)\s*$/m.exec(text.value)?.[1] : undefined
}

const undotted = (name: string): string => name.replace(/\.$/, "")

/** nslookup as BIND and as busybox print it; 1 when there is no answer. */
export const nslookup: Program = async (run) => {
  const words = run.args.filter((arg) => !arg.startsWith("-"))
  const typeFlag = run.args
    .find((arg) => /^-(query|q|type)=/.test(arg))
    ?.split("=")[1]
    ?.toUpperCase()
  if (typeFlag !== undefined && !isType(typeFlag)) return usageError(run, `unknown query type: ${typeFlag}`, 1)
  const unknown = run.args.find((arg) => arg.startsWith("-") && !/^-(query|q|type|debug|port|timeout)/.test(arg))
  if (unknown !== undefined) return usageError(run, `invalid option: ${unknown}`, 1)
  const [name, server] = words
  if (name === undefined) return usageError(run, "a name is needed: nslookup NAME", 1)
  const busybox = run.scope.shell.station.userland === "busybox"
  const isReverse = isAddress(name)
  const type = isReverse ? "PTR" : (typeFlag ?? "A")
  const answer = ask(run, isReverse ? reverseName(name) : name, type, true)
  if (
    (server !== undefined && isAddress(server) && server !== answer.server) ||
    (answer.rcode === "SERVFAIL" && answer.steps.length === 0)
  ) {
    await run.sleep(SILENT_SERVER_MS)
    run.print(`;; connection timed out; no servers could be reached\n\n`)
    return 1
  }
  await run.sleep(1)
  // CoreDNS does not offer recursion for its own zone; BIND's nslookup says so for every query.
  const notRecursive = `;; Got recursion not available from ${answer.server}\n`
  const zone = clusterZone(run)
  const isInZone = (query: string): boolean => zone !== undefined && query.endsWith(`.${zone}.`)
  if (!busybox) for (const step of answer.steps) if (isInZone(step.query)) run.print(notRecursive)
  serverLines(run, answer, busybox)
  if (answer.rcode !== "NOERROR") {
    run.print(
      busybox
        ? `** server can't find ${undotted(answer.steps[0]?.query ?? name)}: ${answer.rcode}\n\n`
        : `** server can't find ${name}: ${answer.rcode}\n\n`,
    )
    return 1
  }
  if (answer.records.length === 0) run.print(`*** Can't find ${name}: No answer\n`)
  for (const record of answer.records)
    if (record.type === "A" || record.type === "AAAA")
      run.print(`Name:\t${undotted(record.name)}\nAddress: ${record.data}\n`)
    else if (record.type === "PTR") run.print(`${undotted(record.name)}\tname = ${record.data}\n`)
    else if (record.type === "CNAME") run.print(`${undotted(record.name)}\tcanonical name = ${record.data}\n`)
    else run.print(`${undotted(record.name)}\tservice = ${record.data}\n`)
  // Without a type nslookup asks for AAAA too, after it has shown A.
  if (!busybox && typeFlag === undefined && !isReverse && isInZone(answer.steps.at(-1)?.query ?? ""))
    run.print(notRecursive)
  run.print("\n")
  return 0
}
