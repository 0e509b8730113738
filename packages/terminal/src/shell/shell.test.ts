import { expect, test } from "vitest"
import { runOnFake } from "../testing/fake-host.ts"

const printed = async (text: string): Promise<string> => {
  const { out, err } = await runOnFake(text)
  return out + err
}

const cases: readonly (readonly [says: string, script: string, output: string])[] = [
  ["echoes words with one blank between", "echo a   b", "a b\n"],
  ["keeps quoted blanks", `echo "a   b" 'c  $x'`, "a   b c  $x\n"],
  ["splits an unquoted variable and keeps a quoted one", `x='a   b'; echo $x; echo "$x"`, "a b\na   b\n"],
  ["leaves out an empty unquoted variable", `x=; set -- $x y; echo $#`, "1\n"],
  ["keeps an empty quoted variable", `x=; set -- "$x" y; echo $#`, "2\n"],
  ['passes "$@" through one by one', `f() { echo $#; }; set -- 'a b' c; f "$@"; f $@; f "$*"`, "2\n3\n1\n"],
  ['gives nothing for "$@" without parameters', `f() { echo $#; }; f "$@"`, "0\n"],
  ["runs command substitutions inside quotes", `echo "[$(echo a; echo b)]"`, "[a\nb]\n"],
  ["works out arithmetic", "x=4; echo $((x * (2 + 3) - 7 % 4)) $((x > 3 ? 10 : 20)) $((2**10))", "17 10 1024\n"],
  ["counts with ((", "i=0; while ((i < 3)); do echo $i; ((i++)); done", "0\n1\n2\n"],
  ["falls back with :-", "echo $\u007bnothing:-a b} $\u007bnothing-x} $\u007bHOME:+set}", "a b x set\n"],
  [
    "removes prefixes and suffixes",
    "f=a/b/c.tar.gz; echo $\u007bf##*/} $\u007bf#*/} $\u007bf%.*} $\u007bf%%.*}",
    "c.tar.gz b/c.tar.gz a/b/c.tar a/b/c\n",
  ],
  [
    "replaces and cuts",
    "s=banana; echo $\u007bs/an/AN} $\u007bs//an/AN} $\u007bs:2:3} $\u007b#s} $\u007bs^}",
    "bANana bANANa nan 6 Banana\n",
  ],
  ["expands braces", "echo a{b,c}d {1..3} {c..a}", "abd acd 1 2 3 c b a\n"],
  ["loops over words", "for i in 1 2 3; do echo -n $i; done; echo", "123\n"],
  ["loops as C does", "for ((i=0; i<3; i++)); do echo -n $i; done; echo", "012\n"],
  ["breaks out of two loops", "for i in 1 2; do for j in a b; do echo $i$j; break 2; done; done", "1a\n"],
  ["goes on with the next round", "for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", "1\n3\n"],
  ["chooses a case by pattern", "case web-7 in api*) echo api;; web-[0-9]) echo web;; *) echo none;; esac", "web\n"],
  [
    "takes if, elif and else",
    "x=2; if [ $x -eq 1 ]; then echo one; elif [[ $x == 2 ]]; then echo two; else echo more; fi",
    "two\n",
  ],
  [
    "calls functions with their own parameters and locals",
    "x=1; f() { local x=$1; echo $x; return 3; }; f 9; echo $? $x",
    "9\n3 1\n",
  ],
  ["keeps a subshell's changes to itself", "x=1; (x=2; cd /; echo $x); echo $x", "2\n1\n"],
  ["counts the lines of a pipe", "printf 'a\\nb\\nc\\n' | wc -l", "3\n"],
  ["reads lines in a loop", "printf 'a 1\\nb 2\\n' | while read -r name n; do echo $n$name; done", "1a\n2b\n"],
  ["feeds a here-document with variables", "x=hi\ncat <<EOF\n$x $(echo you)\nEOF", "hi you\n"],
  ["feeds a quoted here-document as it is", "cat <<'EOF'\n$x\nEOF", "$x\n"],
  ["feeds a here-string", "tr a-z A-Z <<< hello", "HELLO\n"],
  [
    "writes, appends and reads files",
    "echo a > f; echo b >> f; cat < f; rm f; cat f",
    "a\nb\ncat: f: No such file or directory\n",
  ],
  ["throws errors away", "ls nothing 2> /dev/null; echo $?", "2\n"],
  [
    "joins stderr and stdout in the order given",
    "ls nothing 2>&1 | wc -l; ls nothing > /dev/null 2>&1; echo $?",
    "1\n2\n",
  ],
  [
    "finds files by pattern, and keeps a pattern that finds none",
    "touch b.yaml a.yaml; echo *.yaml *.txt '*.yaml'",
    "a.yaml b.yaml *.txt *.yaml\n",
  ],
  ["says what is not there", "nosuchcommand; echo $?", "127\nbash: nosuchcommand: command not found\n"],
  ["joins with && and ||", "true && echo yes || echo no; false && echo yes || echo no", "yes\nno\n"],
  ["turns a status round", "! false; echo $?; ! true; echo $?", "0\n1\n"],
  [
    "keeps the last status of a pipe, or the failed one",
    "false | true; echo $?; set -o pipefail; false | true; echo $?",
    "0\n1\n",
  ],
  ["stops a script with set -e", "set -e; echo a; false; echo b", "a\n"],
  ["lets conditions fail under set -e", "set -e; if false; then :; fi; false || true; ! true; echo here", "here\n"],
  ["stops at an unset variable with set -u", "set -u; echo a; echo $nope; echo b", "a\nbash: nope: unbound variable\n"],
  ["formats", `printf '%-5s|%03d|%s\\n' a 7 x b 8 y`, "a    |007|x\nb    |008|y\n"],
  [
    "understands test's operators",
    "[ -z '' ] && [ a != b ] && [ 2 -gt 1 -a -d / ] && test ! -e /nope && echo ok",
    "ok\n",
  ],
  [
    "matches regular expressions",
    "[[ web-12 =~ ^([a-z]+)-([0-9]+)$ ]] && echo $\u007bBASH_REMATCH[1]} $\u007bBASH_REMATCH[2]}",
    "web 12\n",
  ],
  [
    "keeps arrays",
    'a=(x "y z"); a+=(w); echo $\u007b#a[@]} "$\u007ba[1]}"; for e in "$\u007ba[@]}"; do echo "<$e>"; done',
    "3 y z\n<x>\n<y z>\n<w>\n",
  ],
  ["gives a variable to one command alone", "x=1 env | grep ^x; echo [$x]", "x=1\n[]\n"],
  ["runs what comes from eval and from a file", "echo 'y=5' > s; . ./s; eval 'echo $y'", "5\n"],
  ["starts a shell with -c and its own parameters", `sh -c 'echo $0 $1; exit 4' name one; echo $?`, "name one\n4\n"],
  ["exits with the status given", "exit 3", ""],
  ["tells a division by zero", "echo $((1 / 0)); echo on", 'bash: division by 0 (error token is "0")\n'],
]

for (const [says, script, output] of cases) test(says, async () => expect(await printed(script)).toBe(output))

test("a syntax error stops a script before anything of it runs", async () => {
  expect(await runOnFake("echo a; )")).toMatchObject({
    out: "",
    err: "bash: syntax error near unexpected token `)'\n",
    code: 2,
  })
  expect((await runOnFake("if true; then")).err).toBe("bash: syntax error: unexpected end of file\n")
})

test("a function that calls itself for ever is stopped", async () => {
  const { err } = await runOnFake("f() { f; }; f")
  expect(err).toContain("maximum function nesting level exceeded")
})

test("background jobs run beside the script and wait waits for them", async () => {
  const { out } = await runOnFake("(sleep 2; echo late) & echo early; wait; echo $SECONDS")
  expect(out).toBe("early\nlate\n2\n")
})

test("stages of a pipe run at once: three sleeps of a second take one second", async () => {
  const { out } = await runOnFake("sleep 1 | sleep 1 | sleep 1; echo $SECONDS")
  expect(out).toBe("1\n")
})
