import type { KubeObject } from "@pilotage/kube-model"
import { expect, test } from "vitest"
import { bodyOf, listEvents, startCluster } from "../testing/kube-client.ts"

const BATCH = "/apis/batch/v1/namespaces/default"
type Cluster = ReturnType<typeof startCluster>

const create = (cluster: Cluster, command: string, spec: object = {}) =>
  bodyOf(cluster, "POST", `${BATCH}/cronjobs`, {
    metadata: { name: "tick" },
    spec: {
      schedule: "* * * * *",
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: "Never",
              terminationGracePeriodSeconds: 1,
              containers: [{ name: "c", image: "busybox", command: ["sh", "-c", command] }],
            },
          },
        },
      },
      ...spec,
    },
  })
const jobs = (cluster: Cluster) => bodyOf(cluster, "GET", `${BATCH}/jobs`).items as readonly KubeObject[]
const cron = (cluster: Cluster) => bodyOf(cluster, "GET", `${BATCH}/cronjobs/tick`)
const reasons = (cluster: Cluster) => new Set(listEvents(cluster, "tick").map(({ reason }) => reason))

test("a Job is started each minute, and the last three are kept", () => {
  const cluster = startCluster()
  create(cluster, "exit 0")
  const first = Math.floor(cluster.now() / 60_000) + 1
  cluster.advance(65_000)
  expect(jobs(cluster).map(({ metadata }) => metadata.name)).toEqual([`tick-${first}`])
  cluster.advance(5 * 60_000)
  expect(jobs(cluster).map(({ metadata }) => metadata.name)).toEqual([3, 4, 5].map((more) => `tick-${first + more}`))
  expect(cron(cluster).status).toMatchObject({
    lastScheduleTime: "2026-01-05T09:06:00Z",
    lastSuccessfulTime: expect.stringMatching(/^2026-01-05T09:06:0/),
  })
  expect(reasons(cluster)).toEqual(new Set(["SuccessfulCreate", "SawCompletedJob", "SuccessfulDelete"]))
})

test("what still runs holds the next back, or makes room for it, as the policy says", () => {
  const cluster = startCluster()
  create(cluster, "sleep 1000", { concurrencyPolicy: "Forbid" })
  cluster.advance(190_000)
  expect(jobs(cluster)).toHaveLength(1)
  expect(reasons(cluster)).toContain("JobAlreadyActive")
  expect(cron(cluster).status).toMatchObject({ active: [{ kind: "Job" }] })
  bodyOf(cluster, "PATCH", `${BATCH}/cronjobs/tick`, { spec: { concurrencyPolicy: "Replace" } })
  cluster.advance(120_000)
  expect(jobs(cluster)).toHaveLength(1)
  expect(jobs(cluster)[0]?.metadata.creationTimestamp).toMatch(/^2026-01-05T09:05:0/)
})

test("nothing is started while it is suspended", () => {
  const cluster = startCluster()
  create(cluster, "exit 0", { suspend: true })
  cluster.advance(150_000)
  expect(jobs(cluster)).toEqual([])
})
