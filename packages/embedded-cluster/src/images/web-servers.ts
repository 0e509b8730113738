import { type Behaviour, ending, type Image, type PlainRequest, type Reply, tcp, type Visit } from "./behaviour.ts"
import { flagValue } from "./flags.ts"
import { accessLogTime, byteLength, goHeaders, goLogTime, httpDate, splitPath } from "./http-text.ts"
import { SHELL_PROGRAMS } from "./programs.ts"

/** A combined access log line as Apache and nginx write it. */
const accessLine = (request: PlainRequest, visit: Visit, status: number, bytes: number): string =>
  `${visit.source.ip} - - [${accessLogTime(visit.now)}] "${request.method} ${request.path} HTTP/1.1" ${status} ${bytes}`

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>This server answers with its first page.</p>
</body>
</html>
`
const nginxError = (status: number, text: string, version: string): string =>
  `<html>\r\n<head><title>${status} ${text}</title></head>\r\n<body>\r\n<center><h1>${status} ${text}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`

const NGINX_VERSION = "1.29.4"

const nginxRespond = (request: PlainRequest, visit: Visit): Reply => {
  const { path } = splitPath(request.path)
  const found = path === "/" || path === "/index.html"
  const allowed = request.method === "GET" || request.method === "HEAD"
  const [status, body] = !found
    ? [404, nginxError(404, "Not Found", NGINX_VERSION)]
    : allowed
      ? [200, NGINX_PAGE]
      : [405, nginxError(405, "Not Allowed", NGINX_VERSION)]
  const agent = request.headers["user-agent"] ?? "-"
  return {
    status,
    headers: {
      Server: `nginx/${NGINX_VERSION}`,
      Date: httpDate(visit.now),
      "Content-Type": "text/html",
      "Content-Length": String(byteLength(body)),
      Connection: "keep-alive",
    },
    body: request.method === "HEAD" ? "" : body,
    log: `${accessLine(request, visit, status, byteLength(body))} "-" "${agent}" "-"`,
  }
}

const isTag = (pattern: RegExp) => (tag: string) => pattern.test(tag)

export const nginx: Image = {
  repository: "nginx",
  hasTag: isTag(
    /^(latest|stable|mainline|alpine|(1\.(2\d|1[4-9])(\.\d{1,2})?|stable|mainline)(-(alpine|bookworm|perl)(-slim)?)?)$/,
  ),
  entrypoint: ["/docker-entrypoint.sh"],
  command: ["nginx", "-g", "daemon off;"],
  sizeBytes: 62870438,
  programs: [...SHELL_PROGRAMS, "bash", "curl", "nginx"],
  user: "root",
  env: { NGINX_VERSION },
  run: ({ argv }) =>
    argv.some((arg) => /(^|\/)nginx$/.test(arg))
      ? {
          sockets: [tcp(80)],
          listensAfterMs: 0,
          onTerm: { afterMs: 60, code: 0 },
          lines: (startedAt) =>
            [`using the "epoll" event method`, `nginx/${NGINX_VERSION}`, "start worker processes"].map((text) => ({
              afterMs: 30,
              text: `${goLogTime(startedAt + 30)} [notice] 1#1: ${text}`,
            })),
          respond: nginxRespond,
        }
      : undefined,
}

const HTTPD_PAGE = "<html><body><h1>It works!</h1></body></html>\n"
const HTTPD_VERSION = "2.4.66"

const httpdRespond = (request: PlainRequest, visit: Visit): Reply => {
  const found = ["/", "/index.html"].includes(splitPath(request.path).path)
  const body = found
    ? HTTPD_PAGE
    : '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n'
  const status = found ? 200 : 404
  return {
    status,
    headers: {
      Date: httpDate(visit.now),
      Server: `Apache/${HTTPD_VERSION} (Unix)`,
      "Content-Length": String(byteLength(body)),
      "Content-Type": found ? "text/html" : "text/html; charset=iso-8859-1",
    },
    body: request.method === "HEAD" ? "" : body,
    log: accessLine(request, visit, status, byteLength(body)),
  }
}

export const httpd: Image = {
  repository: "httpd",
  hasTag: isTag(/^(latest|alpine|2(\.4(\.\d{1,2})?)?(-(alpine|bookworm|trixie))?)$/),
  entrypoint: [],
  command: ["httpd-foreground"],
  sizeBytes: 45214096,
  programs: [...SHELL_PROGRAMS, "bash", "httpd"],
  user: "root",
  env: { HTTPD_VERSION, HTTPD_PREFIX: "/usr/local/apache2" },
  run: ({ argv }) =>
    /httpd(-foreground)?$/.test(argv[0] ?? "")
      ? {
          sockets: [tcp(80)],
          listensAfterMs: 0,
          onTerm: { afterMs: 80, code: 0 },
          lines: () => [
            { afterMs: 40, text: "AH00094: Command line: 'httpd -D FOREGROUND'" },
            { afterMs: 40, text: `AH00163: Apache/${HTTPD_VERSION} (Unix) configured -- resuming normal operations` },
          ],
          respond: httpdRespond,
        }
      : undefined,
}

const listenAddress = (
  text: string,
): { readonly address: "0.0.0.0" | "127.0.0.1"; readonly port: number } | undefined => {
  const match = /^(?:\[?([0-9a-zA-Z.:]*)\]?)?:(\d{1,5})$/.exec(text)
  if (!match || Number(match[2]) > 65535) return undefined
  return {
    address: ["127.0.0.1", "localhost", "::1"].includes(match[1] ?? "") ? "127.0.0.1" : "0.0.0.0",
    port: Number(match[2]),
  }
}

const runHttpEcho = (argv: readonly string[], env: Readonly<Record<string, string>>): Behaviour => {
  const text = flagValue(argv, "text") ?? env.ECHO_TEXT
  const listen = listenAddress(flagValue(argv, "listen") ?? ":5678")
  const status = Number(flagValue(argv, "status-code") ?? "200")
  if (text === undefined) return ending(127, ["Missing -text option!"])
  if (!listen) return ending(1, ["Bad -listen option!"])
  const shown = `${listen.address === "127.0.0.1" ? "127.0.0.1" : "[::]"}:${listen.port}`
  return {
    sockets: [tcp(listen.port, listen.address)],
    listensAfterMs: 0,
    onTerm: { afterMs: 20, code: 0 },
    lines: (startedAt) => [{ afterMs: 3, text: `${goLogTime(startedAt + 3)} [INFO] server is listening on ${shown}` }],
    respond: (request, visit) => {
      const body = `${text}\n`
      return {
        status,
        headers: { "X-App-Name": "http-echo", "X-App-Version": "1.0.0", ...goHeaders(visit.now, body) },
        body,
        log: `${goLogTime(visit.now)} ${request.headers.host} ${visit.source.ip}:${visit.source.port} "${request.method} ${request.path} HTTP/1.1" ${status} ${byteLength(body)} "${request.headers["user-agent"] ?? ""}" 12.5µs`,
      }
    },
  }
}

export const httpEcho: Image = {
  repository: "hashicorp/http-echo",
  hasTag: isTag(/^(latest|alpine|0\.2\.[0-3]|1\.0(\.\d)?)$/),
  entrypoint: ["/http-echo"],
  command: [],
  sizeBytes: 3037214,
  // Built from scratch: there is not even a shell.
  programs: [],
  user: "root",
  env: {},
  run: ({ argv, env }) => (/http-echo$/.test(argv[0] ?? "") ? runHttpEcho(argv.slice(1), env) : undefined),
}

const listing = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Directory listing for /</title>\n</head>\n<body>\n<h1>Directory listing for /</h1>\n<hr>\n<ul>\n</ul>\n<hr>\n</body>\n</html>\n`

const runPythonServer = (argv: readonly string[]): Behaviour => {
  const bind = flagValue(argv, "bind") ?? flagValue(argv, "b")
  const port = Number(argv.find((arg, index) => /^\d+$/.test(arg) && argv[index - 1] !== "--bind") ?? "8000")
  return {
    sockets: [tcp(port, bind === "127.0.0.1" || bind === "localhost" ? "127.0.0.1" : "0.0.0.0")],
    listensAfterMs: 120,
    onTerm: "ignored",
    lines: () => [],
    respond: (request, visit) => {
      const found = splitPath(request.path).path === "/"
      const body = found
        ? listing
        : '<!DOCTYPE HTML>\n<html lang="en"><body><h1>Error response</h1><p>Error code: 404</p></body></html>\n'
      return {
        status: found ? 200 : 404,
        headers: {
          Server: "SimpleHTTP/0.6 Python/3.14.2",
          Date: httpDate(visit.now),
          "Content-type": "text/html; charset=utf-8",
          "Content-Length": String(byteLength(body)),
        },
        body,
        log: `${visit.source.ip} - - [${accessLogTime(visit.now).replace(" +0000", "")}] "${request.method} ${request.path} HTTP/1.1" ${found ? 200 : 404} -`,
      }
    },
  }
}

export const python: Image = {
  repository: "python",
  hasTag: isTag(/^(latest|slim|alpine|3(\.(9|1[0-4])(\.\d{1,2})?)?(-(slim|alpine|bookworm|slim-bookworm|trixie))?)$/),
  entrypoint: [],
  command: ["python3"],
  sizeBytes: 41230514,
  programs: [...SHELL_PROGRAMS, "bash", "python3", "python"],
  user: "root",
  env: { PYTHON_VERSION: "3.14.2" },
  run: ({ argv }) =>
    /python3?$/.test(argv[0] ?? "")
      ? argv.includes("http.server")
        ? runPythonServer(argv.slice(argv.indexOf("http.server") + 1))
        : ending(0)
      : undefined,
}
