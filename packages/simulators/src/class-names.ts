/** Joins the class names that apply; a name that the stylesheet does not know is left out. */
export const classNames = (...names: readonly (string | false | undefined)[]): string => names.filter(Boolean).join(" ")
