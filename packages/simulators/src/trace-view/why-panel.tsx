import type { Backend, Trace } from "@pilotage/routing-core"
import { HopList } from "./hop-list.tsx"
import styles from "./trace-view.module.css"
import { causeText, originText, targetText, verdictText } from "./words.ts"

export interface WhyPanelProps {
  readonly trace: Trace
  /** How curl really ended, where it did: its own limits (`-m`) may have ended it before the network did. */
  readonly curl?: Trace["curl"] | undefined
}

const names = (backends: readonly Backend[]): string => backends.map(({ pod, ip }) => pod ?? ip).join(", ")

const heading = (trace: Trace): string =>
  trace.verdict === "delivered"
    ? `${originText(trace.request.from)} reached ${targetText(trace.request)}`
    : `Why did the request to ${targetText(trace.request)} fail?`

/** The path in words: the verdict, for a failure its cause and what would change it, and every hop. */
export function WhyPanel({ trace, curl = trace.curl }: WhyPanelProps) {
  const { failure } = trace
  /** The way to the chosen one is told below: when that failed, it is not among those that may answer. */
  const failed = trace.verdict === "delivered" ? undefined : trace.chosen
  const answering = trace.backends.filter(
    ({ ip, port, refuses, silent }) => !refuses && !silent && !(ip === failed?.ip && port === failed.port),
  )
  const refusing = trace.backends.filter(({ refuses, silent }) => refuses && !silent)
  const silent = trace.backends.filter((backend) => backend.silent)
  return (
    <div className={styles.why} data-verdict={trace.verdict}>
      <h3>{heading(trace)}</h3>
      <p>
        <strong>{verdictText[trace.verdict]}</strong>, curl exits with {curl.exitCode}
        {curl.message ? `: ${curl.message}.` : "."}
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
      {answering.length > 0 && (
        <p className={styles.backends}>
          {answering.length === 1 ? "One backend may answer: " : `${answering.length} backends may answer: `}
          {answering.map((backend, index) => (
            <span key={`${backend.ip}:${backend.port}`}>
              {index > 0 && ", "}
              {backend.pod ?? backend.ip} <small>sees the client as {backend.sourceSeen}</small>
            </span>
          ))}
        </p>
      )}
      {refusing.length > 0 && <p className={styles.backends}>Would refuse, if chosen: {names(refusing)}</p>}
      {silent.length > 0 && <p className={styles.backends}>Would stay silent, if chosen: {names(silent)}</p>}
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
