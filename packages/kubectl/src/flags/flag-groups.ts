import type { FlagSpec } from "./flag-set.ts"

/** Flags that every command takes. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  { name: "namespace", short: "n", kind: "string" },
  { name: "context", kind: "string" },
  { name: "cluster", kind: "string" },
  { name: "user", kind: "string" },
  { name: "kubeconfig", kind: "string" },
  { name: "server", short: "s", kind: "string" },
  { name: "token", kind: "string" },
  { name: "as", kind: "string" },
  { name: "as-group", kind: "array" },
  { name: "request-timeout", kind: "string", default: "0" },
  { name: "v", short: "v", kind: "int", default: "0" },
  { name: "insecure-skip-tls-verify", kind: "bool" },
  { name: "warnings-as-errors", kind: "bool" },
  { name: "help", short: "h", kind: "bool" },
]

export const OUTPUT: FlagSpec = { name: "output", short: "o", kind: "string" }
export const SHOW_MANAGED_FIELDS: FlagSpec = { name: "show-managed-fields", kind: "bool" }
export const DRY_RUN: FlagSpec = { name: "dry-run", kind: "string", default: "none", implied: "unchanged" }
export const SELECTOR: FlagSpec = { name: "selector", short: "l", kind: "string" }
export const FIELD_SELECTOR: FlagSpec = { name: "field-selector", kind: "string" }
export const ALL_NAMESPACES: FlagSpec = { name: "all-namespaces", short: "A", kind: "bool" }
export const FIELD_MANAGER: FlagSpec = { name: "field-manager", kind: "string" }

export const FILE_FLAGS: readonly FlagSpec[] = [
  { name: "filename", short: "f", kind: "list" },
  { name: "kustomize", short: "k", kind: "string" },
  { name: "recursive", short: "R", kind: "bool" },
]

export const PRINT_FLAGS: readonly FlagSpec[] = [
  OUTPUT,
  SHOW_MANAGED_FIELDS,
  { name: "template", kind: "string" },
  { name: "allow-missing-template-keys", kind: "bool", default: "true" },
]

export const VALIDATE: FlagSpec = { name: "validate", kind: "string", default: "strict", implied: "strict" }
