import { toJsxRuntime } from "hast-util-to-jsx-runtime"
import { fromMarkdown } from "mdast-util-from-markdown"
import { toHast } from "mdast-util-to-hast"
import { useMemo } from "react"
import { Fragment, jsx, jsxs } from "react/jsx-runtime"

interface MarkdownProps {
  readonly text: string
}

/** A lab's own words: CommonMark without HTML. */
export const Markdown = ({ text }: MarkdownProps) =>
  useMemo(() => toJsxRuntime(toHast(fromMarkdown(text)), { Fragment, jsx, jsxs }), [text])
