import type { KubeObject, Service } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import carried from "../../golden/service-carried-values.json" with { type: "json" }
import changes from "../../golden/service-type-changes.json" with { type: "json" }
import validation from "../../golden/service-validation.json" with { type: "json" }
import warnings from "../../golden/service-warnings.json" with { type: "json" }
import { errorText } from "../field-error.ts"
import { labelNames } from "../names.ts"
import { validateMetadata } from "../object-metadata.ts"
import { carryAllocatedValues, normalizeClusterIPs } from "./carried-values.ts"
import { dropDependentFields } from "./dependent-fields.ts"
import { validateService } from "./validate.ts"
import { validateServiceUpdate } from "./validate-update.ts"
import { serviceWarnings } from "./warnings.ts"

const service = (value: unknown): Service => value as Service
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const errorsOf = (object: Service, old: Service | undefined) =>
  old
    ? [
        ...validateServiceUpdate(object, old),
        ...validateMetadata(object, () => [], true),
        ...validateService(object, old),
      ]
    : [...validateMetadata(object as KubeObject, labelNames, true), ...validateService(object, undefined)]

test.each(validation as readonly { id: string; object: unknown; old?: unknown; errors: readonly string[] }[])(
  "upstream finds the same errors: $id",
  ({ object, old, errors }) => {
    expect(errorsOf(service(object), old === undefined ? undefined : service(old)).map(errorText)).toEqual(errors)
  },
)

test.each(warnings as readonly { id: string; object: unknown; old?: unknown; warnings: readonly string[] }[])(
  "upstream warns of the same: $id",
  ({ object, warnings: expected }) => {
    expect(serviceWarnings(service(object))).toEqual(expected)
  },
)

test.each(changes as readonly { id: string; newObject: unknown; oldObject: unknown; result: unknown }[])(
  "a change of type drops the same fields: $id",
  ({ newObject, oldObject, result }) => {
    expect(plain(dropDependentFields(service(newObject), service(oldObject)).spec)).toEqual(service(result).spec)
  },
)

test.each(carried as readonly { id: string; function: string; input: unknown; old: unknown; output: unknown }[])(
  "allocated values are carried over alike: $id",
  ({ function: name, input, old, output }) => {
    const next =
      name === "normalizeClusterIPs"
        ? normalizeClusterIPs(service(input), old === null ? undefined : service(old))
        : carryAllocatedValues(service(input), service(old))
    expect(plain(next.spec)).toEqual(service(output).spec)
  },
)
