import { counted, type Finding, failed, type Grading, passed } from "../grading.ts"
import type { CheckOf } from "../schema/check-schema.ts"
import { meetsCount, sayCount } from "./endpoints.ts"

const EVIDENCE_LINES = 20

export const checkLog = async (check: CheckOf<"log">, { port, lab }: Grading): Promise<Finding> => {
  const namespace = check.pods.namespace ?? lab.namespace
  const expected = `The logs of pods with ${check.pods.labels} have ${sayCount(check.lines)} lines that match /${check.matches}/.`
  const pattern = new RegExp(check.matches, "u")
  const lines = (await port.logs({ namespace, labels: check.pods.labels })).split("\n")
  const found = lines.filter((line) => pattern.test(line))
  const observed = `${counted(found.length, "line")} of ${lines.filter((line) => line !== "").length} match${found.length === 1 ? "es" : ""}.`
  const evidence = found.slice(-EVIDENCE_LINES)
  return meetsCount(check.lines, found.length)
    ? passed(expected, observed, "The program wrote it.", evidence)
    : failed(expected, observed, "The programs in these pods did not write that.", "log-differs", evidence)
}
