import { createRandom, type Random, type Status } from "@pilotage/kube-model"
import { managerNameErrors } from "./apply/user-agent.ts"
import { type Call, isDryRun } from "./call.ts"
import type { FieldValidation } from "./decode.ts"
import { type FieldError, invalidObject, notSupported, refused, required } from "./field-error.ts"
import type { StrategyContext } from "./strategy.ts"

const APPLY = "application/apply-patch+yaml"

/** The body is a configuration to be applied by the server, not a patch. */
export const isApply = (call: Call): boolean =>
  call.method === "PATCH" && call.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === APPLY

const patchErrors = (call: Call): readonly FieldError[] => {
  if (call.method !== "PATCH") return []
  if (!isApply(call))
    return call.query.get("force") === undefined ? [] : [refused("force", "may not be specified for non-apply patch")]
  return call.query.get("fieldManager") ? [] : [required("fieldManager", "is required for apply patch")]
}

/** `fieldManager`, `force`, `fieldValidation` and `dryRun` of the query; the options kind is named in the error. */
export const checkWriteOptions = (call: Call, options: string): Status | undefined => {
  const errors: FieldError[] = [...patchErrors(call), ...managerNameErrors(call.query.get("fieldManager") ?? "")]
  const dryRun = call.query.get("dryRun")
  if (dryRun !== undefined && dryRun !== "All" && dryRun !== "")
    errors.push({ ...notSupported("dryRun", [dryRun], ["All"]) })
  const validation = call.query.get("fieldValidation")
  if (validation && !["Ignore", "Warn", "Strict"].includes(validation))
    errors.push(notSupported("fieldValidation", validation, ["Ignore", "Strict", "Warn"]))
  return errors.length > 0 ? invalidObject({ kind: options, group: "meta.k8s.io" }, "", errors) : undefined
}

export const fieldValidationOf = (call: Call): FieldValidation => {
  const given = call.query.get("fieldValidation")
  return given === "Ignore" || given === "Strict" ? given : "Warn"
}

/** Chance for a dry run: what would be drawn, without moving the generator. */
export const chanceOf = (call: Call): Random =>
  isDryRun(call) ? createRandom(call.hooks.random.state()) : call.hooks.random

export const contextOf = (call: Call, random: Random): StrategyContext => ({
  store: call.hooks.store,
  random,
  now: call.hooks.now(),
  dryRun: isDryRun(call),
  config: call.config,
  asker: call.asker,
})
