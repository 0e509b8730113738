/** `path` as seen from `folder`, absolute and without `.`, `..` and doubled slashes. */
export const resolvePath = (folder: string, path: string): string => {
  const parts: string[] = []
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop()
    else if (part !== "" && part !== ".") parts.push(part)
  }
  return `/${parts.join("/")}`
}

export const parentOf = (path: string): string => {
  const end = path.lastIndexOf("/")
  return end <= 0 ? "/" : path.slice(0, end)
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1)
