import type { Command } from "../command.ts"
import { get } from "./get.ts"

/** All commands, in the order in which suggestions for a typing mistake are given. */
export const COMMANDS: readonly Command[] = [get]
