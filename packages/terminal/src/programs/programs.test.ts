import { expect, test } from "vitest"
import { runOnFake } from "../testing/fake-host.ts"

const cases: readonly (readonly [says: string, script: string, output: string])[] = [
  ["head takes the first lines", "seq 100 | head -2", "1\n2\n"],
  ["tail takes the last lines, or all from one on", "seq 5 | tail -n 2; seq 5 | tail -n +4", "4\n5\n4\n5\n"],
  [
    "grep picks, leaves out, counts and cuts out",
    "printf 'web-1\\napi-1\\nweb-2\\n' > f; grep web f; grep -v web f; grep -c web f; grep -oE '[0-9]+' f",
    "web-1\nweb-2\napi-1\n2\n1\n1\n2\n",
  ],
  ["grep tells by its exit code", "echo a | grep -q a; echo $?; echo a | grep -q b; echo $?", "0\n1\n"],
  [
    "grep joins alternatives with -E and \\|",
    "printf 'a\\nb\\nc\\n' | grep -E 'a|b'; printf 'a\\nb\\n' | grep 'b\\|c'",
    "a\nb\nb\n",
  ],
  [
    "sed replaces once, everywhere, and by groups",
    "echo 'a b a' | sed 's/a/X/'; echo 'a b a' | sed 's/a/X/g'; echo web-12 | sed -E 's/([a-z]+)-([0-9]+)/\\2-\\1/'",
    "X b a\nX b X\n12-web\n",
  ],
  ["sed prints and deletes lines", "seq 5 | sed -n '2,3p'; seq 3 | sed '/2/d'; seq 3 | sed -n '$p'", "2\n3\n1\n3\n3\n"],
  ["sed -i changes the file", "echo 'port: 80' > f; sed -i 's/80/8080/' f; cat f", "port: 8080\n"],
  ["sort and uniq count", "printf 'b\\na\\nb\\n' | sort | uniq -c | sort -rn", "      2 b\n      1 a\n"],
  ["sort orders numbers by a column", "printf 'a 10\\nb 9\\n' | sort -k2 -n", "b 9\na 10\n"],
  ["cut and awk take columns", "echo a:b:c | cut -d: -f1,3; echo 'a  b c' | awk '{print $2, $NF}'", "a:c\nb c\n"],
  [
    "tr maps, deletes and squeezes",
    "echo hello | tr a-y b-z; echo hello | tr -d l; echo aabb | tr -s ab",
    "ifmmp\nheo\nab\n",
  ],
  ["wc counts", "printf 'a b\\nc\\n' | wc; printf 'a b\\nc\\n' | wc -w", "      2       3       6\n3\n"],
  ["xargs builds commands", "seq 3 | xargs echo; seq 2 | xargs -I{} echo item-{}", "1 2 3\nitem-1\nitem-2\n"],
  ["tee writes to both", "echo x | tee f; cat f", "x\nx\n"],
  ["basename and dirname cut paths", "basename /a/b.yaml .yaml; dirname /a/b.yaml", "b\n/a\n"],
  [
    "mkdir, cp, mv and rm work on files",
    "mkdir -p d/e; echo x > d/e/f; cp d/e/f g; mv g h; ls; rm -r d; ls",
    "d\nh\nh\n",
  ],
  ["date tells virtual time", "date -u +%Y-%m-%dT%H:%M:%SZ; sleep 61; date +%T", "2026-01-05T09:00:00Z\n09:01:01\n"],
  ["timeout ends what takes too long", "timeout 2 sleep 10; echo $? $SECONDS", "124 2\n"],
  [
    "unknown options are told as the program tells them",
    "grep -Z; echo $?",
    "2\ngrep: invalid option -- 'Z'\nTry 'grep --help' for more information.\n",
  ],
  ["curl prints the body", "curl -s web", "web-1\n"],
  ["curl needs no file of settings, and has none to disable", "curl -q -s -g web", "web-1\n"],
  [
    "nc sends what stands on stdin, and tells with -v that it is connected",
    "echo hostName | nc -v -t -w 2 web 80; echo hostName | nc -vn 10.96.0.20 80",
    "heard hostName\nheard hostName\nConnection to web (10.96.0.20) 80 port [tcp/http] succeeded!\nConnection to 10.96.0.20 80 port [tcp/*] succeeded!\n",
  ],
  [
    "nc over UDP waits for more as long as -w says, then ends",
    "a=$SECONDS; echo hostName | nc -u -w 2 web 81; echo $((SECONDS - a))",
    "heard hostName\n2\n",
  ],
  [
    "nc tries ports without a word of its own, and says with -v which are closed, which silent and which names unknown",
    "nc -z web 80-81; echo $?; nc -z closed 80; echo $?; nc -vz closed 80; nc -vz -w 3 dead 80; nc -z nowhere 80",
    '0\n1\nnc: connect to closed (closed) port 80 (tcp) failed: Connection refused\nnc: connect to dead (dead) port 80 (tcp) timed out: Operation now in progress\nnc: getaddrinfo for host "nowhere" port 80: Name or service not known\n',
  ],
  [
    "nc says what it cannot do",
    "nc -l 80; echo $?; nc web; nc web 0; nc -w x web 80",
    "1\nnc: it does not listen here: give a container the server as its command\nnc: missing port number\nnc: port number invalid: 0\nnc: timeout invalid: x\n",
  ],
  [
    "agnhost connect tells in one word why a connection fails",
    "agnhost connect web:80; echo $?; agnhost connect closed:80; agnhost connect --timeout=2s dead:80; agnhost connect nowhere:80; echo $?",
    "0\n1\nREFUSED\nTIMEOUT\nDNS: no such host\n",
  ],
  [
    "curl tells why it failed, and the exit code is its own",
    "curl -sS closed; echo $?; curl -s dead; echo $?; curl nowhere; echo $?",
    "7\n28\n6\ncurl: (7) Failed to connect to closed port 80 after 0 ms: Couldn't connect to server\ncurl: (6) Could not resolve host: nowhere\n",
  ],
  [
    "curl -f turns a 404 into 22",
    "curl -sSf web/missing; echo $?",
    "22\ncurl: (22) The requested URL returned error: 404\n",
  ],
  [
    "curl -w writes what was asked",
    "curl -s -o /dev/null -w '%{http_code} %{remote_ip} %{exitcode}\\n' web; curl -s -w '%{http_code}' closed",
    "200 10.96.0.20 0\n000",
  ],
  ["curl takes virtual time", "curl -s -m 2 dead; echo $SECONDS", "2\n"],
  [
    "curl does not know every option",
    "curl --nonsense web; echo $?",
    "2\ncurl: option --nonsense: is unknown\ncurl: try 'curl --help' for more information\n",
  ],
  ["dig +short prints addresses", "dig +short web.default.svc.cluster.local", "10.96.0.20\n"],
  ["nslookup fails with 1 for a name that is not there", "nslookup nosuch > /dev/null; echo $?", "1\n"],
  [
    "ping counts what came back",
    "ping -c 2 web | tail -2 | head -1",
    "2 packets transmitted, 2 received, 0% packet loss, time 1000ms\n",
  ],
  [
    "ping tells a name that is not known",
    "ping -c 1 nowhere; echo $?",
    "2\nping: nowhere: Name or service not known\n",
  ],
  ["ssh runs one command on a node", "ssh node-1 'hostname; exit 4'; echo $?", "node-1\n4\n"],
  [
    "ssh does not know every host",
    "ssh nowhere; echo $?",
    "255\nssh: Could not resolve hostname nowhere: Name or service not known\n",
  ],
]

for (const [says, script, output] of cases)
  test(says, async () => {
    const { out, err } = await runOnFake(script)
    expect(out + err).toBe(output)
  })

test("curl -v shows the connection, the request and the answer on stderr", async () => {
  const { err } = await runOnFake("curl -sv web > /dev/null")
  expect(err.split("\n").slice(0, 4)).toEqual([
    "*   Trying 10.96.0.20:80...",
    "* Connected to web (10.96.0.20) port 80 (#0)",
    "> GET / HTTP/1.1",
    "> Host: web",
  ])
  expect(err).toContain("< HTTP/1.1 200 OK\n")
})

test("an endless loop before head ends once head has its lines", async () => {
  const { out, code, host } = await runOnFake("while true; do curl -s web; sleep 1; done | head -2")
  expect(out).toBe("web-1\nweb-2\n")
  expect(code).toBe(0)
  expect(host.requests).toHaveLength(2)
})

test("a writer without end waits for a reader that is slow", async () => {
  const { code } = await runOnFake("seq 1000000000 | (sleep 2; head -1)")
  expect(code).toBe(0)
})

test("watch runs its command every two seconds until it is ended", async () => {
  const { host } = await runOnFake("timeout 5 watch curl -s web > /dev/null")
  expect(host.requests).toHaveLength(3)
})
