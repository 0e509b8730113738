import { parseLabelQuery } from "@pilotage/kube-model"
import type { LabError } from "./lab.ts"
import type { Check } from "./schema/check-schema.ts"
import type { LabSpec } from "./schema/lab-schema.ts"
import { parseUrlTemplate } from "./url-template.ts"
import { errorAt } from "./validate.ts"
import type { YamlSource } from "./yaml-source.ts"

type Path = readonly PropertyKey[]
type Report = (path: Path, message: string, fix: string) => void

/** Every label query in a check, with where it stands below the check. */
const labelQueries = (check: Check): readonly (readonly [Path, string])[] => {
  const found: (readonly [Path, string])[] = []
  const visit = (value: unknown, path: Path): void => {
    if (typeof value !== "object" || value === null) return
    for (const [key, inner] of Object.entries(value))
      if (key === "labels" && typeof inner === "string") found.push([[...path, key], inner])
      else visit(inner, [...path, Array.isArray(value) ? Number(key) : key])
  }
  visit(check, [])
  return found
}

const urlsOf = (check: Check): readonly (readonly [Path, string])[] =>
  check.kind === "curl"
    ? [[["url"], check.url]]
    : check.kind === "learnerCurl"
      ? check.urls.map((url, index) => [["urls", index], url] as const)
      : []

const reviewCheck = (check: Check, report: Report): void => {
  for (const [path, text] of labelQueries(check)) {
    const query = parseLabelQuery(text)
    if (!query.ok) report(path, query.error, "Write the query as kubectl -l takes it: `app=web,tier!=cache`.")
  }
  for (const [path, url] of urlsOf(check)) {
    const template = parseUrlTemplate(url)
    if (!template.ok) report(path, template.error, "Write it as after curl: `http://web:8080/hostname`.")
  }
  if (check.kind === "answer" && !check.options.some((option) => option.id === check.correct))
    report(["correct"], `no option has the id ${check.correct}`, "Name the id of one of the options.")
  if (check.kind === "curl" && check.expect.share && (!check.expect.backends || check.connections < 2))
    report(["expect", "share"], "a share needs `backends` and several `connections`", "Add both, or leave `share` out.")
  if (check.kind === "object" && !check.exists && check.fields.length > 0)
    report(["fields"], "an object that must be gone has no fields", "Leave `fields` out, or `exists: false`.")
}

/** What a schema cannot say: ids that are unique, references that lead somewhere, queries and URLs that parse. */
export const reviewLab = (lab: LabSpec, source: YamlSource): readonly LabError[] => {
  const errors: LabError[] = []
  const report: Report = (path, message, fix) => errors.push(errorAt(source, path, message, fix))
  const seen = { task: new Set<string>(), check: new Set<string>(), hint: new Set<string>() }
  const unique = (what: keyof typeof seen, id: string, path: Path): void => {
    if (seen[what].has(id)) report(path, `there are two ${what}s with the id ${id}`, "Give one of them another id.")
    seen[what].add(id)
  }
  const hints = new Set(lab.tasks.flatMap((task) => task.hints.map((hint) => hint.id)))
  lab.tasks.forEach((task, taskIndex) => {
    const base = ["tasks", taskIndex]
    unique("task", task.id, [...base, "id"])
    task.hints.forEach((hint, index) => {
      unique("hint", hint.id, [...base, "hints", index, "id"])
    })
    task.checks.forEach((check, index) => {
      const here = [...base, "checks", index]
      unique("check", check.id, [...here, "id"])
      if (check.hint !== undefined && !hints.has(check.hint))
        report([...here, "hint"], `there is no hint ${check.hint}`, "Name the id of a hint of this lab.")
      reviewCheck(check, (path, message, fix) => report([...here, ...path], message, fix))
    })
  })
  return errors
}
