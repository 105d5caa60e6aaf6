import { SHOWN_NAMES } from "../files.ts";
import type { State } from "../state.ts";
import type { VNode } from "../h.ts";
import { ask } from "../events.ts";
import { badge, tabList } from "./tabs.ts";
import { texts } from "../texts.ts";

/** The files above the editor. */
export function fileTabs({ file, ignore }: State): VNode {
  return tabList(
    "file",
    texts.panes.files,
    [
      { id: "dockerfile", title: SHOWN_NAMES.dockerfile },
      { id: "dockerignore", title: [SHOWN_NAMES.dockerignore, badge(ignore.patterns, texts.tabs.patterns(ignore.patterns))] },
    ],
    file,
    (file) => ask("file", { file }),
  );
}
