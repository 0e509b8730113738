import { expect, test } from "vitest"
import { bodyOf, listEvents, listPods, startCluster } from "../testing/kube-client.ts"

const JOBS = "/apis/batch/v1/namespaces/default/jobs"
type Cluster = ReturnType<typeof startCluster>

const create = (cluster: Cluster, command: string, spec: object = {}, podSpec: object = {}) =>
  bodyOf(cluster, "POST", JOBS, {
    metadata: { name: "sum" },
    spec: {
      template: {
        metadata: { labels: { app: "sum" } },
        spec: {
          restartPolicy: "Never",
          containers: [{ name: "sum", image: "busybox", command: ["sh", "-c", command] }],
          ...podSpec,
        },
      },
      ...spec,
    },
  })
const statusOf = (cluster: Cluster) =>
  bodyOf(cluster, "GET", `${JOBS}/sum`).status as {
    readonly conditions?: readonly { type: string; reason: string }[]
  } & Readonly<Record<string, unknown>>
const conditions = (cluster: Cluster) => statusOf(cluster).conditions?.map(({ type, reason }) => `${type} ${reason}`)
const reasons = (cluster: Cluster) => listEvents(cluster, "sum").map(({ reason }) => reason)

test("a Job runs its pods, some at a time, until enough have succeeded", () => {
  const cluster = startCluster()
  create(cluster, "exit 0", { completions: 3, parallelism: 2 })
  cluster.advance(300)
  expect(listPods(cluster, "sum")).toHaveLength(2)
  cluster.advance(10_000)
  expect(statusOf(cluster)).toMatchObject({ succeeded: 3, ready: 0, completionTime: expect.any(String) })
  expect(conditions(cluster)).toEqual(["SuccessCriteriaMet CompletionsReached", "Complete CompletionsReached"])
  expect(listPods(cluster, "sum").map(({ status }) => status?.phase)).toEqual(["Succeeded", "Succeeded", "Succeeded"])
  expect([...reasons(cluster)].sort()).toEqual([
    "Completed",
    "SuccessfulCreate",
    "SuccessfulCreate",
    "SuccessfulCreate",
  ])
})

test("failed pods are replaced later and later, until the limit is reached", () => {
  const cluster = startCluster()
  create(cluster, "exit 3", { backoffLimit: 2 })
  cluster.advance(5000)
  expect(statusOf(cluster)).toMatchObject({ failed: 1 })
  cluster.advance(10_000)
  expect(statusOf(cluster)).toMatchObject({ failed: 2 })
  cluster.advance(10_000)
  expect(statusOf(cluster)).toMatchObject({ failed: 2 })
  cluster.advance(15_000)
  expect(statusOf(cluster)).toMatchObject({ failed: 3 })
  expect(conditions(cluster)).toEqual(["FailureTarget BackoffLimitExceeded", "Failed BackoffLimitExceeded"])
  expect(reasons(cluster)).toContain("BackoffLimitExceeded")
})

test("the pods of an indexed Job have numbers", () => {
  const cluster = startCluster()
  create(cluster, "exit 0", { completions: 3, parallelism: 3, completionMode: "Indexed" })
  cluster.advance(10_000)
  expect(statusOf(cluster)).toMatchObject({ succeeded: 3, completedIndexes: "0-2" })
  expect(listPods(cluster, "sum").map(({ spec }) => spec.hostname)).toEqual(["sum-0", "sum-1", "sum-2"])
})

test("a deadline ends it with its pods, a suspension takes them away for a while, and a finished Job goes in time", () => {
  const cluster = startCluster()
  create(
    cluster,
    "sleep 1000",
    { activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 30 },
    { terminationGracePeriodSeconds: 2 },
  )
  cluster.advance(5000)
  expect(statusOf(cluster)).toMatchObject({ active: 1, ready: 1 })
  bodyOf(cluster, "PATCH", `${JOBS}/sum`, { spec: { suspend: true } })
  cluster.advance(10_000)
  expect(listPods(cluster, "sum")).toEqual([])
  expect(conditions(cluster)).toEqual(["Suspended JobSuspended"])
  bodyOf(cluster, "PATCH", `${JOBS}/sum`, { spec: { suspend: false } })
  cluster.advance(5000)
  expect(statusOf(cluster)).toMatchObject({ active: 1 })
  cluster.advance(65_000)
  expect(conditions(cluster)).toEqual([
    "Suspended JobResumed",
    "FailureTarget DeadlineExceeded",
    "Failed DeadlineExceeded",
  ])
  expect(listPods(cluster, "sum")).toEqual([])
  cluster.advance(30_000)
  expect(bodyOf(cluster, "GET", JOBS).items).toEqual([])
})

test("who counts containers started again in place gives up on them too", () => {
  const cluster = startCluster()
  create(cluster, "exit 1", { backoffLimit: 2 }, { restartPolicy: "OnFailure" })
  cluster.advance(60_000)
  expect(conditions(cluster)).toEqual(["FailureTarget BackoffLimitExceeded", "Failed BackoffLimitExceeded"])
})
