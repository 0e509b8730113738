import type { Shell } from "./shell.ts"

/** `captain@harbour:~$ `, `root@node-1:~# `, `/ # ` in an image without bash. */
export const promptOf = (shell: Shell): string => {
  const { machine, home, userland } = shell.station
  const sign = machine.user === "root" ? "#" : "$"
  const { folder } = shell
  if (shell.name === "sh") return userland === "busybox" ? `${folder} ${sign} ` : `${sign} `
  const short = folder === home ? "~" : folder.startsWith(`${home}/`) ? `~${folder.slice(home.length)}` : folder
  return `${machine.user}@${machine.hostname}:${short}${sign} `
}
