import { type Cause, type DnsStep, type Hop, RULES, type RuleId, type Trace } from "@pilotage/routing-core"
import type { ReactNode } from "react"
import { PacketLine } from "./packet-line.tsx"
import { RuleLink } from "./rule-link.tsx"
import styles from "./trace-view.module.css"
import { dnsOutcomeText, dnsText, objectText, placeText } from "./words.ts"

const SENTENCES: ReadonlyMap<string, string> = new Map(Object.entries(RULES))

const RuleFact = ({ rule }: { readonly rule: RuleId }) => (
  <>
    <dt>Rule</dt>
    <dd>
      <RuleLink rule={rule} /> {SENTENCES.get(rule)}
    </dd>
  </>
)

const CauseFacts = ({ cause: { object, path, value } }: { readonly cause: Cause }) => (
  <>
    <dt>Object</dt>
    <dd>
      <code>{objectText(object)}</code>
    </dd>
    {path !== undefined && (
      <>
        <dt>Field</dt>
        <dd>
          <code>{path}</code>
        </dd>
      </>
    )}
    {value !== undefined && (
      <>
        <dt>Value</dt>
        <dd>
          <code>{value}</code>
        </dd>
      </>
    )}
  </>
)

interface StopProps {
  readonly where: string
  readonly says: ReactNode
  readonly rule: RuleId
  /** The request ended here, and not well. */
  readonly failing: boolean
  readonly children: ReactNode
}

const Stop = ({ where, says, rule, failing, children }: StopProps) => (
  <li data-failing={failing || undefined}>
    <details open={failing}>
      <summary>
        <span className={styles.where}>{where}</span>
        <span className={styles.says}>{says}</span>
        <span className={styles.number}>{rule}</span>
      </summary>
      <dl>{children}</dl>
    </details>
  </li>
)

const DnsStop = ({ step, failing }: { readonly step: DnsStep; readonly failing: boolean }) => (
  <Stop where={`DNS ${step.server}`} says={dnsOutcomeText(step)} rule={step.rule} failing={failing}>
    <dt>Asked</dt>
    <dd>
      <code>
        {step.query} {step.type}
      </code>
    </dd>
    <dt>Answered</dt>
    <dd>
      {dnsText(step)} <code>{step.answers.join(", ")}</code>
    </dd>
    <RuleFact rule={step.rule} />
    {step.cause && <CauseFacts cause={step.cause} />}
  </Stop>
)

const HopStop = ({ hop, failing }: { readonly hop: Hop; readonly failing: boolean }) => (
  <Stop where={placeText(hop.at)} says={hop.says} rule={hop.rule} failing={failing}>
    <dt>Arrived</dt>
    <dd>
      <PacketLine packet={hop.entry} />
    </dd>
    <dt>Left</dt>
    <dd>{hop.exit ? <PacketLine packet={hop.exit} before={hop.entry} /> : "nothing: its way ends here"}</dd>
    <RuleFact rule={hop.rule} />
    {hop.cause && <CauseFacts cause={hop.cause} />}
  </Stop>
)

export interface HopListProps {
  readonly trace: Trace
}

/** The way of a request, a line for each stop. Each opens to what arrived, what left, the rule, and the field that decided. */
export function HopList({ trace: { dns, hops, verdict } }: HopListProps) {
  const failed = verdict !== "delivered"
  return (
    <ol className={styles.stops} aria-label="Every hop of the request">
      {dns.map((step, index) => (
        <DnsStop
          key={`${step.server} ${step.query} ${step.type}`}
          step={step}
          failing={failed && hops.length === 0 && index === dns.length - 1}
        />
      ))}
      {hops.map((hop, index) => (
        // A place may occur twice on one way; its position is what tells them apart.
        <HopStop key={`${index} ${placeText(hop.at)}`} hop={hop} failing={failed && index === hops.length - 1} />
      ))}
    </ol>
  )
}
