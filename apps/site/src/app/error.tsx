"use client"
import styles from "./message.module.css"

interface ErrorPageProps {
  readonly error: Error
  readonly reset: () => void
}

const ErrorPage = ({ error, reset }: ErrorPageProps) => (
  <div className={styles.message} role="alert">
    <h1>This page failed to show</h1>
    <p>{error.message}</p>
    <button type="button" onClick={reset}>
      Try again
    </button>
  </div>
)

export default ErrorPage
