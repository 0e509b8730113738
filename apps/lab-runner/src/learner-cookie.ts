import { randomUUID } from "node:crypto"
import { jwtVerify, SignJWT } from "jose"

const NAME = "pilotage_learner"
const YEAR_S = 365 * 86_400

export interface LearnerCookies {
  /** The learner that a Cookie header proves, if any. */
  readonly read: (header: string | undefined) => Promise<string | undefined>
  /** A new learner and the Set-Cookie value that makes the browser theirs. */
  readonly issue: () => Promise<{ readonly learnerId: string; readonly setCookie: string }>
}

const cookieValue = (header: string | undefined): string | undefined =>
  header
    ?.split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1)

/** Anonymous learners in a signed cookie that scripts cannot read. `secret`: at least 32 bytes of text. */
export const learnerCookies = (secret: string): LearnerCookies => {
  const key = new TextEncoder().encode(secret)
  return {
    async read(header) {
      const token = cookieValue(header)
      if (!token) return undefined
      const verified = await jwtVerify(token, key, { algorithms: ["HS256"], audience: "learner" }).catch(
        () => undefined,
      )
      return verified?.payload.sub
    },
    async issue() {
      const learnerId = randomUUID()
      const token = await new SignJWT()
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(learnerId)
        .setAudience("learner")
        .setIssuedAt()
        .setExpirationTime("1 year")
        .sign(key)
      return { learnerId, setCookie: `${NAME}=${token}; Path=/; Max-Age=${YEAR_S}; HttpOnly; SameSite=Lax` }
    },
  }
}
