"use client"
import { useEffect, useState } from "react"
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components"
import styles from "./layout.module.css"
import type { Panes } from "./panes.ts"

const TABS = [
  { id: "tasks", label: "Tasks" },
  { id: "map", label: "Map" },
  { id: "terminal", label: "Terminal" },
  { id: "files", label: "Files" },
] as const

/** One pane at a time. Panes stay mounted, so the terminal keeps its screen. */
export const PhoneLayout = (panes: Panes) => {
  const [selected, setSelected] = useState<string>("tasks")
  useEffect(() => {
    if (panes.editing) setSelected("files")
  }, [panes.editing])
  return (
    <Tabs className={styles.phone ?? ""} selectedKey={selected} onSelectionChange={(key) => setSelected(String(key))}>
      <TabList className={styles.tabs ?? ""} aria-label="Parts of the lab">
        {TABS.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab ?? ""}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {TABS.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} shouldForceMount className={styles.tabPanel ?? ""}>
          {panes[tab.id]}
        </TabPanel>
      ))}
      {panes.time}
    </Tabs>
  )
}
