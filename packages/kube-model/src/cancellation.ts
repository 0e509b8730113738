/** Ctrl-C as a value: who works asks or listens, who owns it cancels. Cancelling twice is cancelling once. */
export interface Cancellation {
  readonly cancelled: boolean
  /** Calls back once, at once when already cancelled. Returns how to stop listening. */
  readonly onCancel: (listener: () => void) => () => void
}

export interface CancellationSource extends Cancellation {
  readonly cancel: () => void
}

export const createCancellation = (): CancellationSource => {
  const listeners = new Set<() => void>()
  let cancelled = false
  return {
    get cancelled() {
      return cancelled
    },
    onCancel(listener) {
      if (cancelled) {
        listener()
        return () => {}
      }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    cancel() {
      if (cancelled) return
      cancelled = true
      for (const listener of [...listeners]) listener()
      listeners.clear()
    },
  }
}

export const neverCancelled: Cancellation = { cancelled: false, onCancel: () => () => {} }
