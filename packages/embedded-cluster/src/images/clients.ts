import { type Behaviour, ending, type Image, idle, tcp } from "./behaviour.ts"
import { SHELL_PROGRAMS } from "./programs.ts"

const NO_PROGRAMS = (): undefined => undefined

const make = (image: Pick<Image, "repository" | "hasTag" | "programs"> & Partial<Image>): Image => ({
  entrypoint: [],
  command: ["sh"],
  sizeBytes: 4_421_246,
  user: "root",
  env: {},
  run: NO_PROGRAMS,
  ...image,
})

const tagged =
  (pattern: RegExp) =>
  (tag: string): boolean =>
    pattern.test(tag)

export const busybox = make({
  repository: "busybox",
  hasTag: tagged(/^(latest|stable|musl|glibc|uclibc|1(\.(2[6-9]|3[0-7])(\.\d)?)?)(-(musl|glibc|uclibc))?$/),
  programs: [...SHELL_PROGRAMS, "wget", "nslookup", "ping", "ip", "watch", "nc"],
})

export const alpine = make({
  repository: "alpine",
  hasTag: tagged(/^(latest|edge|3(\.(1\d|2[0-3])(\.\d{1,2})?)?)$/),
  programs: [...SHELL_PROGRAMS, "wget", "nslookup", "ping", "ip", "watch", "nc"],
})

export const curl = make({
  repository: "curlimages/curl",
  hasTag: tagged(/^(latest|[78]\.\d{1,3}\.\d{1,2})$/),
  entrypoint: ["/entrypoint.sh"],
  command: ["curl"],
  user: "curl_user",
  programs: [...SHELL_PROGRAMS, "curl", "wget", "nslookup", "ping", "watch"],
  // Without arguments curl says how to use it and ends.
  run: ({ argv }) =>
    argv[0] === "/entrypoint.sh" || argv[0] === "curl"
      ? ending(2, ["curl: try 'curl --help' or 'curl --manual' for more information"])
      : undefined,
})

export const netshoot = make({
  repository: "nicolaka/netshoot",
  hasTag: tagged(/^(latest|v0\.\d{1,2})$/),
  sizeBytes: 203_114_392,
  command: ["zsh"],
  programs: [...SHELL_PROGRAMS, "bash", "curl", "wget", "dig", "host", "nslookup", "ping", "ip", "watch", "nc"],
})

/** One inline command a line, of which clients ask to see whether it is there. */
const speakRedis = (payload: string): string =>
  payload
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => {
      const [word = "", ...rest] = line.trim().split(/\s+/)
      const command = word.toUpperCase()
      if (command === "PING") return rest.length ? `$${rest.join(" ").length}\r\n${rest.join(" ")}\r\n` : "+PONG\r\n"
      if (command === "QUIT") return "+OK\r\n"
      return `-ERR unknown command '${word}', with args beginning with: ${rest.map((each) => `'${each}' `).join("")}\r\n`
    })
    .join("")

const redisServer: Behaviour = {
  converse: (payload) => (payload === "" ? undefined : speakRedis(payload)),
  sockets: [tcp(6379)],
  listensAfterMs: 0,
  onTerm: { afterMs: 30, code: 0 },
  lines: () => [
    { afterMs: 8, text: "1:C * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo" },
    { afterMs: 14, text: "1:M * Server initialized" },
    { afterMs: 15, text: "1:M * Ready to accept connections tcp" },
  ],
}

export const redis = make({
  repository: "redis",
  hasTag: tagged(/^(latest|alpine|[678](\.\d(\.\d{1,2})?)?(-(alpine|bookworm|trixie))?)$/),
  entrypoint: ["docker-entrypoint.sh"],
  command: ["redis-server"],
  sizeBytes: 50_313_422,
  programs: [...SHELL_PROGRAMS, "bash", "redis-cli", "redis-server"],
  run: ({ argv }) => (argv.some((arg) => /(^|\/)redis-server$/.test(arg)) ? redisServer : undefined),
})

export const pause = make({
  repository: "registry.k8s.io/pause",
  hasTag: tagged(/^(latest|3\.\d{1,2}(\.\d)?)$/),
  entrypoint: ["/pause"],
  command: [],
  sizeBytes: 1_433_613,
  programs: [],
  user: "65535",
  run: ({ argv }) => (argv[0] === "/pause" ? idle({ afterMs: 10, code: 0 }) : undefined),
})

/** CoreDNS as kubeadm runs it. What it answers is computed by routing-core; here are its ports and its health. */
export const coredns = make({
  repository: "registry.k8s.io/coredns/coredns",
  hasTag: tagged(/^v1\.\d{1,2}\.\d$/),
  entrypoint: ["/coredns"],
  command: [],
  sizeBytes: 52_531_255,
  programs: [],
  user: "65532",
  run: ({ argv }) =>
    argv[0] === "/coredns"
      ? {
          sockets: [tcp(53), { address: "0.0.0.0", port: 53, protocol: "UDP" }, tcp(8080), tcp(8181), tcp(9153)],
          listensAfterMs: 0,
          onTerm: { afterMs: 5000, code: 0 },
          lines: () => [
            { afterMs: 20, text: "maxprocs: Leaving GOMAXPROCS=2: CPU quota undefined" },
            { afterMs: 30, text: ".:53" },
            { afterMs: 31, text: "CoreDNS-1.14.2" },
          ],
          respond: (request) => {
            const known = ["/health", "/ready", "/metrics"].includes(request.path)
            const body = known ? "OK" : "404 page not found\n"
            return { status: known ? 200 : 404, headers: { "Content-Length": String(body.length) }, body }
          },
        }
      : undefined,
})
