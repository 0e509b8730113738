/** What `time` prints. Only waiting takes virtual time, so user and system time are nothing. */
export const describeTimes = (milliseconds: number, posix: boolean): string => {
  const seconds = (milliseconds / 1000).toFixed(posix ? 2 : 3)
  if (posix) return `real ${seconds}\nuser 0.00\nsys 0.00\n`
  const minutes = Math.floor(milliseconds / 60_000)
  const rest = ((milliseconds - minutes * 60_000) / 1000).toFixed(3)
  return `\nreal\t${minutes}m${rest}s\nuser\t0m0.000s\nsys\t0m0.000s\n`
}
