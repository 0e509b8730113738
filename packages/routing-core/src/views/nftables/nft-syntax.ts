/** What the interpreter understands of nft's language: the part that kube-proxy uses. Names are nft's own. */

export type Field = "saddr" | "daddr" | "l4proto" | "dport"

export type Verdict =
  | { readonly kind: "accept" | "drop" | "reject" | "return" }
  | { readonly kind: "jump" | "goto"; readonly chain: string }

/** One field or several put together; a value has as many parts. */
export type Statement =
  | { readonly kind: "ct-state-new" }
  | { readonly kind: "ct-status-dnat" }
  | { readonly kind: "fib-local"; readonly field: "saddr" | "daddr" }
  | { readonly kind: "mark-is-set"; readonly mask: number }
  | { readonly kind: "set-mark"; readonly operator: "|" | "^"; readonly mask: number }
  /** Of a field, one of these values or blocks (or none of them); of fields together, an element of a named set. */
  | {
      readonly kind: "match"
      readonly fields: readonly Field[]
      readonly negated: boolean
      readonly values: readonly string[]
    }
  | { readonly kind: "in-set"; readonly fields: readonly Field[]; readonly set: string }
  | { readonly kind: "vmap"; readonly fields: readonly Field[]; readonly map: string }
  | { readonly kind: "random-verdict"; readonly choices: readonly Verdict[] }
  /** `10.244.1.11:8080`; each of several is as likely. */
  | { readonly kind: "dnat"; readonly targets: readonly string[] }
  | { readonly kind: "masquerade" }
  /** Remembers the client. A packet of a client that nobody remembers is what the interpreter follows. */
  | { readonly kind: "update" }
  | { readonly kind: "verdict"; readonly verdict: Verdict }

export interface Hook {
  readonly type: "filter" | "nat"
  readonly hook: "prerouting" | "input" | "forward" | "output" | "postrouting"
  readonly priority: number
}

/** Lines are counted from 1, as an editor does. */
export interface Rule {
  readonly line: number
  readonly statements: readonly Statement[]
}

export interface Chain {
  readonly hook: Hook | undefined
  readonly rules: readonly Rule[]
}

export interface Ruleset {
  readonly chains: ReadonlyMap<string, Chain>
  /** Elements as they are written, parts put together with ` . `. */
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, { readonly line: number; readonly verdict: Verdict }>>
}
