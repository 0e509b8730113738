import type { Metadata } from "next"
import { loadRules } from "../../content/rules.ts"
import prose from "../../lesson/prose.module.css"
import { Markdown } from "../../workspace/markdown.tsx"
import styles from "./rules.module.css"

export const metadata: Metadata = {
  title: "The rules",
  description: "Every rule by which a request to a Kubernetes Service finds its way, or does not, with its source.",
}

const anchor = (title: string): string => title.toLowerCase().replaceAll(/[^a-z]+/g, "-")

const RulesPage = () => {
  const sections = loadRules()
  return (
    <div className={prose.page}>
      <nav className={prose.contents} aria-label="Sections">
        <strong>The rules</strong>
        <ol>
          {sections.map(({ title }) => (
            <li key={title}>
              <a href={`#${anchor(title)}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
      <article className={prose.prose}>
        <h1>The rules</h1>
        <p className={prose.lead}>
          Each hop of a request names the rule that acted. Here is every one of them, and where it comes from: the
          source of Kubernetes 1.36, a specification, or a recording of a real cluster.
        </p>
        <p>
          What these rules alone decide is certain. Where they leave a packet to the network around the cluster, a hop
          says so: another network may answer otherwise.
        </p>
        {sections.map(({ title, rules }) => (
          <section key={title} aria-labelledby={anchor(title)}>
            <h2 id={anchor(title)}>{title}</h2>
            <ol className={styles.rules}>
              {rules.map(({ id, sentence, source }) => (
                <li key={id} id={id}>
                  <a href={`#${id}`} className={styles.number} aria-label={`Rule ${id}`}>
                    {id}
                  </a>
                  <div>
                    <Markdown text={sentence} />
                    <div className={styles.source}>
                      <Markdown text={source} />
                    </div>
                  </div>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </article>
    </div>
  )
}

export default RulesPage
