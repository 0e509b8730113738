/** The id that containerd gives an exec; it means nothing to anybody, so it is the same every time. */
const EXEC_ID = "5f1c7a0d4b7e4a0fb9f6a7a3d1c2e8b64f0d3a9e5c1b7d2f8a6e4c0b9d7f3a15"

/** What containerd and runc say of a program that the container does not have. */
export const execFailure = (program: string): string =>
  `error executing command in container: failed to exec in container: failed to start exec "${EXEC_ID}": ` +
  "OCI runtime exec failed: exec failed: unable to start container process: " +
  `exec: "${program}": ${program.includes("/") ? `stat ${program}: no such file or directory` : "executable file not found in $PATH"}`
