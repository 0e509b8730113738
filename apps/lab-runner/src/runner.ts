import type { IncomingMessage, ServerResponse } from "node:http"
import { join } from "node:path"
import { type Database, openDatabase } from "@pilotage/db"
import { appRouter } from "@pilotage/lab-api"
import { readCurriculum } from "@pilotage/lab-files"
import { createHTTPHandler } from "@trpc/server/adapters/standalone"
import pino from "pino"
import { RateLimiterMemory } from "rate-limiter-flexible"
import { type LearnerCookies, learnerCookies } from "./learner-cookie.ts"
import { OperatorError } from "./operator-error.ts"
import { isForUs, isFromOwnPage } from "./origin-check.ts"
import { keptSecret } from "./private-file.ts"
import { createReplayPool } from "./replay-pool.ts"
import { storedResults } from "./stored-results.ts"

const BASE_PATH = "/api/trpc/"
/** A log of 1 MiB as JSON within JSON: quotes are escaped, so up to twice as long, and something around it. */
const MAX_BODY = 2_200_000
const GRADINGS_PER_MINUTE = 30
/** Of one network address: programs that drop their cookie are a new learner each time. A class may share an address. */
const GRADINGS_PER_MINUTE_AND_ADDRESS = 600

export interface RunnerOptions {
  readonly dataFolder: string
  readonly databaseUrl: string
  readonly labsFolder: string
  /** Host names besides the loopback ones under which a proxy passes requests on. */
  readonly hosts?: readonly string[]
}

export interface Runner {
  /** Answers the request if it is the API's; false: it is somebody else's. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Writes an error into the server's log. */
  readonly reportError: (error: unknown, what: string) => void
  readonly close: () => Promise<void>
}

interface Visit {
  readonly learnerId: string | undefined
}

/** Knows the learner, or makes the browser a new one; programs without cookies get one too. */
const visit = async (cookies: LearnerCookies, request: IncomingMessage, response: ServerResponse): Promise<Visit> => {
  const known = await cookies.read(request.headers.cookie)
  if (known !== undefined) return { learnerId: known }
  const { learnerId, setCookie } = await cookies.issue()
  response.setHeader("set-cookie", setCookie)
  return { learnerId }
}

const openStore = async (url: string, log: pino.Logger): Promise<Database> => {
  const database = openDatabase(url, (error) => log.error({ err: error }, "an idle database connection broke"))
  try {
    await database.migrate()
    return database
  } catch (error) {
    await database.close()
    const reason = error instanceof Error ? error.message || String(error.cause ?? error.name) : String(error)
    throw new OperatorError(`The database cannot be used (${reason}). Check DATABASE_URL.`)
  }
}

const loadLabs = (folder: string) => {
  const curriculum = readCurriculum(folder)
  if (curriculum.ok) return curriculum.value.labs
  const [first] = curriculum.error
  throw new OperatorError(
    `The labs in ${folder} cannot be read: ${first?.file}:${first?.line} ${first?.message}. ${curriculum.error.length} problems in all.`,
  )
}

/** Takes one point of a key; false when there are none left. */
const take = async (limiter: RateLimiterMemory, key: string): Promise<boolean> => {
  try {
    await limiter.consume(key)
    return true
  } catch (refusal) {
    // The limiter refuses by throwing what is left, which is no Error.
    if (refusal instanceof Error) throw refusal
    return false
  }
}

/** The API behind the site: labs, learners, replay pool and results. */
export const startRunner = async ({
  dataFolder,
  databaseUrl,
  labsFolder,
  hosts = [],
}: RunnerOptions): Promise<Runner> => {
  const log = pino(pino.destination({ dest: join(dataFolder, "pilotage.log"), sync: true }))
  const cookies = learnerCookies(keptSecret(join(dataFolder, "cookie.key")))
  const labs = loadLabs(labsFolder)
  const database = await openStore(databaseUrl, log)
  const pool = createReplayPool(labs)
  const results = storedResults(database)
  const perLearner = new RateLimiterMemory({ points: GRADINGS_PER_MINUTE, duration: 60 })
  const perAddress = new RateLimiterMemory({ points: GRADINGS_PER_MINUTE_AND_ADDRESS, duration: 60 })
  const api = createHTTPHandler({
    router: appRouter,
    basePath: BASE_PATH,
    maxBodySize: MAX_BODY,
    createContext: async ({ req, res }) => ({
      ...(await visit(cookies, req, res)),
      grader: pool,
      results,
      takeGrading: async (learnerId) =>
        (await take(perAddress, req.socket.remoteAddress ?? "")) && (await take(perLearner, learnerId)),
    }),
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") log.error({ err: error, path }, "a call failed")
    },
  })
  return {
    handle(request, response) {
      if (!request.url?.startsWith(BASE_PATH)) return false
      if (!isForUs(request, hosts) || !isFromOwnPage(request)) {
        response.writeHead(403, { "content-type": "text/plain" }).end("Requests from other sites are refused.\n")
        return true
      }
      api(request, response)
      return true
    },
    reportError: (error, what) => log.error({ err: error }, what),
    async close() {
      await pool.close()
      await database.close()
    },
  }
}
