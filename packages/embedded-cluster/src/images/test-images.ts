import { type Image, tcp } from "./behaviour.ts"
import { busybox, netshoot } from "./clients.ts"
import { goHeaders } from "./http-text.ts"
import { SHELL_PROGRAMS } from "./programs.ts"
import { nginx } from "./web-servers.ts"

const HOME = "registry.k8s.io/e2e-test-images"

/** The web server of the update demo: which picture it is, as JSON (kubernetes `test/images/kitten`, `nautilus`). */
const picture = (name: string): Image => ({
  repository: `${HOME}/${name}`,
  hasTag: (tag) => /^1\.[0-8]$/.test(tag),
  entrypoint: ["/test-webserver"],
  command: [],
  sizeBytes: 49_230_179,
  programs: SHELL_PROGRAMS,
  user: "root",
  env: {},
  run: ({ argv }) =>
    /(^|\/)test-webserver$/.test(argv[0] ?? "")
      ? {
          sockets: [tcp(80)],
          listensAfterMs: 0,
          onTerm: { afterMs: 20, code: 2 },
          lines: () => [],
          respond: ({ path }, { now }) => {
            const isFound = path === "/data.json"
            const body = isFound ? `{\n    "image": "${name}.jpg"\n}\n` : "404 page not found\n"
            return { status: isFound ? 200 : 404, headers: goHeaders(now, body), body }
          },
        }
      : undefined,
})

/** Images that upstream's end-to-end tests run besides agnhost: most of them copies of well known ones. */
export const TEST_IMAGES: readonly Image[] = [
  { ...busybox, repository: `${HOME}/busybox`, hasTag: (tag) => /^1\.(29|3[67])(\.\d)?-\d$/.test(tag) },
  { ...nginx, repository: `${HOME}/nginx`, hasTag: (tag) => /^1\.(1[45]|27)-\d$/.test(tag) },
  {
    ...netshoot,
    repository: `${HOME}/glibc-dns-testing`,
    hasTag: (tag) => tag === "2.0.0",
    programs: [...netshoot.programs, "getent"],
    command: ["sh"],
    sizeBytes: 84_112_345,
  },
  picture("kitten"),
  picture("nautilus"),
]
