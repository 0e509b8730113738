import { errorsOfEach, type FieldError, invalid } from "./field-error.ts"

interface Owner {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
  readonly uid?: string
  readonly controller?: boolean
}

/** The version of `apps/v1`, "" for what has none or more than one slash. */
const versionOf = (apiVersion: string): string => {
  const parts = apiVersion.split("/")
  return parts.length > 2 ? "" : (parts.at(-1) ?? "")
}

const oneErrors = (owner: Owner, at: string): FieldError[] => {
  const { apiVersion = "", kind = "", name = "", uid = "" } = owner
  const empty = Object.entries({ kind, name, uid }).filter(([, value]) => value === "")
  return [
    ...(versionOf(apiVersion) === "" ? [invalid(`${at}.apiVersion`, apiVersion, "version must not be empty")] : []),
    ...empty.map(([key]) => invalid(`${at}.${key}`, "", "must not be empty")),
    ...(apiVersion === "v1" && kind === "Event"
      ? [invalid(at, owner, "/v1, Kind=Event is disallowed from being an owner")]
      : []),
  ]
}

/** Errors of owner references; which of them is not told (apimachinery ValidateOwnerReferences). */
export const ownerErrors = (given: unknown, at: string): FieldError[] => {
  const owners = Array.isArray(given) ? (given as readonly Owner[]) : []
  const controllers = owners.filter((owner) => owner.controller === true)
  const [first, ...others] = controllers
  return [
    ...errorsOfEach(owners, (owner) => oneErrors(owner, at)),
    ...errorsOfEach(others, (other) => [
      invalid(
        at,
        owners,
        `Only one reference can have Controller set to true. Found "true" in references for ${first?.kind}/${first?.name} and ${other.kind}/${other.name}`,
      ),
    ]),
  ]
}
