import rehypeShiki from "@shikijs/rehype"
import { bundleMDX } from "mdx-bundler"
import rehypeSlug from "rehype-slug"
import remarkGfm from "remark-gfm"

/** A lesson's MDX as code for `getMDXComponent`. Runs at build time only; lessons are the repository's own. */
export const compileLesson = async (source: string): Promise<string> => {
  const { code } = await bundleMDX({
    source,
    mdxOptions: (options) => ({
      ...options,
      remarkPlugins: [...(options.remarkPlugins ?? []), remarkGfm],
      rehypePlugins: [
        ...(options.rehypePlugins ?? []),
        rehypeSlug,
        [
          rehypeShiki,
          {
            themes: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
            defaultColor: "light-dark()",
            fallbackLanguage: "text",
          },
        ],
      ],
    }),
  })
  return code
}
