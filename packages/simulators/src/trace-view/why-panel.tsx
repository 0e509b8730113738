import type { Trace } from "@pilotage/routing-core"
import { HopList } from "./hop-list.tsx"
import styles from "./trace-view.module.css"
import { causeText, originText, targetText, verdictText } from "./words.ts"

export interface WhyPanelProps {
  readonly trace: Trace
}

const heading = (trace: Trace): string =>
  trace.verdict === "delivered"
    ? `${originText(trace.request.from)} reached ${targetText(trace.request)}`
    : `Why did the request to ${targetText(trace.request)} fail?`

/** The path in words: the verdict, for a failure its cause and what would change it, and every hop. */
export function WhyPanel({ trace }: WhyPanelProps) {
  const { failure } = trace
  return (
    <div className={styles.why} data-verdict={trace.verdict}>
      <h3>{heading(trace)}</h3>
      <p>
        <strong>{verdictText[trace.verdict]}</strong>, curl exits with {trace.curl.exitCode}
        {trace.curl.message ? `: ${trace.curl.message}.` : "."}
        {trace.certainty === "environment" &&
          " The network around the cluster decides this; another one may answer otherwise."}
      </p>
      {failure && (
        <dl className={styles.facts}>
          <dt>Cause</dt>
          <dd>{failure.message}</dd>
          {failure.cause && (
            <>
              <dt>Field</dt>
              <dd>
                <code>{causeText(failure.cause)}</code>
              </dd>
            </>
          )}
          <dt>What would change it</dt>
          <dd>
            {failure.fix}
            {failure.command && <code className={styles.command}>{failure.command}</code>}
          </dd>
        </dl>
      )}
      {trace.backends.length > 0 && (
        <p className={styles.backends}>
          {trace.backends.length === 1 ? "One backend may answer: " : `${trace.backends.length} backends may answer: `}
          {trace.backends.map((backend, index) => (
            <span key={`${backend.ip}:${backend.port}`}>
              {index > 0 && ", "}
              {backend.pod ?? backend.ip} <small>sees the client as {backend.sourceSeen}</small>
            </span>
          ))}
        </p>
      )}
      {trace.notes.length > 0 && (
        <ul className={styles.notes}>
          {trace.notes.map((note) => (
            <li key={note.code}>{note.message}</li>
          ))}
        </ul>
      )}
      <HopList trace={trace} />
    </div>
  )
}
