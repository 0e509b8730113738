import type { Cluster } from "@pilotage/embedded-cluster"
import { memoryFiles, terminalHost } from "@pilotage/lab-session"
import { type Containers, createContainers } from "@pilotage/terminal"
import { systemTime, type WallClock } from "../wall-clock.ts"

/** The cluster as programs meet it that run at any moment: all they do happens at the present time. */
const atPresent = (cluster: Cluster, clock: WallClock): Cluster => ({
  ...cluster,
  request: (request) => clock.at(() => cluster.request(request)),
  http: (from, request) => clock.at(() => cluster.http(from, request)),
  dial: (from, request) => clock.at(() => cluster.dial(from, request)),
  exec: (target) => clock.at(() => cluster.exec(target)),
})

/**
 * The containers of a served cluster. What their programs do to the cluster goes through its own doors, as inputs that
 * its log holds; files and running programs are beside it.
 */
export const clusterContainers = (cluster: Cluster, clock: WallClock): Containers =>
  createContainers(
    terminalHost({
      cluster: atPresent(cluster, clock),
      clock: {
        now: () => clock.at(cluster.now),
        sleep: (milliseconds, cancellation) =>
          new Promise((resolve) => {
            const cancel = systemTime.after(Math.min(milliseconds, LONGEST_SLEEP_MS), () => {
              forget()
              resolve()
            })
            const forget = cancellation.onCancel(() => {
              cancel()
              resolve()
            })
          }),
      },
      files: memoryFiles({}),
      defaultNamespace: "default",
      edit: async () => undefined,
    }),
  )

/** Of setTimeout: 2^31 - 1 ms. */
const LONGEST_SLEEP_MS = 2_147_483_647
