import type { RemoteStreams } from "./remote-streams.ts"

/** What a client does beside its streams, told to whoever listens by then; that it is gone, to whoever listens later too. */
export interface ClientSignals extends Pick<RemoteStreams, "onResize" | "onGone"> {
  readonly resized: (columns: number) => void
  readonly gone: () => void
}

export const createSignals = (): ClientSignals => {
  let isGone = false
  let hearResize = (_: number): void => {}
  let hearGone = (): void => {}
  return {
    resized: (columns) => hearResize(columns),
    gone() {
      isGone = true
      hearGone()
    },
    onResize(listener) {
      hearResize = listener
    },
    onGone(listener) {
      hearGone = listener
      if (isGone) listener()
    },
  }
}
