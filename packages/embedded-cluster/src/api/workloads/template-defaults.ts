import { child, type Json } from "../json-object.ts"
import { podSpecDefaults } from "./pod-defaults.ts"

/** A pod template with the defaults of its pod's spec; what is empty in it is told as `{}`. */
export const templateDefaults = (template: Json): Json => ({
  metadata: {},
  ...template,
  spec: podSpecDefaults(child(template, "spec")),
})
