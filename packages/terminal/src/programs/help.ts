import type { Program } from "./program.ts"

/** Home, clear the screen, clear what has scrolled away. */
const CLEAR = "\x1b[H\x1b[2J\x1b[3J"

export const clear: Program = async (run) => {
  if (run.streams.stdout.isTerminal) run.print(CLEAR)
  return 0
}

export const history: Program = async (run) => {
  const lines = run.scope.world.history
  const count = run.args[0] === undefined ? lines.length : Number(run.args[0])
  if (Number.isNaN(count)) {
    run.streams.stderr.write(`bash: history: ${run.args[0]}: numeric argument required\n`)
    return 1
  }
  const first = Math.max(0, lines.length - count)
  for (const [index, line] of lines.slice(first).entries())
    run.print(`${String(first + index + 1).padStart(5)}  ${line}\n`)
  return 0
}

const HELP = `This is your own machine, outside the cluster. From here:

  kubectl get pods,svc,endpointslices       what the cluster holds
  kubectl describe service NAME             one object, and what it selects
  kubectl exec -it POD -- sh                a shell in a pod
  ssh node-1                                a shell on a node
  curl -sS -m 2 URL                         a request; its exit code is in $?
  dig NAME, nslookup NAME, ping HOST        names and addresses

Pipes, loops, variables and files work as in bash. Tab completes, the arrow keys
bring back earlier lines, Ctrl-C ends what runs, exit leaves a machine.
`

export const help: Program = async (run) => {
  run.print(HELP)
  return 0
}
