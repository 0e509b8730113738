"use client"
import { Group, Panel, Separator } from "react-resizable-panels"
import styles from "./layout.module.css"
import type { Panes } from "./panes.ts"

/** Panes side by side; every border can be dragged, or moved with the arrow keys. */
export const DesktopLayout = ({ tasks, map, terminal, files, time }: Panes) => (
  <div className={styles.desktop}>
    <Group orientation="horizontal" className={styles.group}>
      <Panel defaultSize="27%" minSize="16%" collapsible className={styles.panel}>
        {tasks}
      </Panel>
      <Separator className={styles.vertical} aria-label="Width of the tasks" />
      <Panel minSize="40%" className={styles.panel}>
        <Group orientation="vertical" className={styles.group}>
          <Panel defaultSize="54%" minSize="12%" collapsible className={styles.panel}>
            {map}
          </Panel>
          <Separator className={styles.horizontal} aria-label="Height of the map" />
          <Panel minSize="15%" className={styles.panel}>
            <Group orientation="horizontal" className={styles.group}>
              <Panel defaultSize="67%" minSize="20%" className={styles.panel}>
                {terminal}
              </Panel>
              <Separator className={styles.vertical} aria-label="Width of the terminal" />
              <Panel minSize="15%" collapsible className={styles.panel}>
                {files}
              </Panel>
            </Group>
          </Panel>
        </Group>
      </Panel>
    </Group>
    {time}
  </div>
)
