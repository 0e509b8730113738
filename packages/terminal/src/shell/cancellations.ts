import { type Cancellation, type CancellationSource, createCancellation } from "@pilotage/kube-model"

/** One that is cancelled with its parent, and may be cancelled alone. `release` lets go of the parent. */
export const deriveCancellation = (parent: Cancellation): CancellationSource & { readonly release: () => void } => {
  const source = createCancellation()
  const release = parent.onCancel(source.cancel)
  return {
    get cancelled() {
      return source.cancelled
    },
    onCancel: source.onCancel,
    cancel: source.cancel,
    release,
  }
}
