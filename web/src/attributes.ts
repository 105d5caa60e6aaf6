import { type Chosen, NOTHING_CHOSEN, type NamedKind } from "./build/change.ts";
import type { Files } from "./files.ts";
import { IGNORE, ownText, textOf } from "./own-text.ts";
import type { ResultTab } from "./state.ts";
import { examples } from "./examples.ts";
import { recall } from "./storage.ts";
import { type Settings, THEMES, type Theme, settingsOf } from "./settings.ts";

export interface Attributes {
  /** `theme`: `auto` (the default), `light` or `dark`. What the person chose on this site goes first. */
  readonly theme: Theme;
  /** `draft`: a name under which the text is kept from one visit to the next; without it, it is not kept. */
  readonly draft: string | null;
  /** `links`: whether the address of the page may hold the texts, as the links that the element makes do. One element of a page may. */
  readonly opensLinks: boolean;
  /** `proof`: whether the page around shows what it asks the network for. Then there is a command for it, which `layerwise-proof` tells of. */
  readonly hasProof: boolean;
  /** `tab`: what stands below the score at first: `findings` (the default), `build` or `run`. */
  readonly tab: ResultTab;
  /** `change`: what changed between two builds at first, such as `file:src/app.js`, `arg:VERSION` or `image:node`; or else what the file suggests. */
  readonly chosen: Chosen;
  /**
   * The first texts. The Dockerfile is the element's own text, or else the example that `example` names, or else nothing; a
   * `.dockerignore` is what stands in a child `<pre data-file=".dockerignore">`.
   */
  readonly texts: Files<string>;
  readonly settings: Settings;
}

export function readAttributes(element: HTMLElement): Attributes {
  const example = examples.find(({ id }) => id === element.getAttribute("example"));
  return {
    theme: themeOf(recall("theme")) ?? themeOf(element.getAttribute("theme")) ?? "auto",
    draft: element.getAttribute("draft"),
    opensLinks: element.hasAttribute("links"),
    hasProof: element.hasAttribute("proof"),
    tab: TABS.find((tab) => tab === element.getAttribute("tab")) ?? "findings",
    chosen: chosenIn(element.getAttribute("change") ?? ""),
    texts: { dockerfile: ownText(element) ?? example?.text ?? "", dockerignore: textOf(element.querySelector(IGNORE)) ?? "" },
    settings: settingsOf(element),
  };
}

export function themeOf(name: string | null): Theme | undefined {
  return THEMES.find((theme) => theme === name);
}

const TABS: readonly ResultTab[] = ["findings", "build", "run"];
const KINDS: readonly NamedKind[] = ["file", "arg", "image"];

function chosenIn(text: string): Chosen {
  const kind = KINDS.find((kind) => text.startsWith(`${kind}:`));
  return kind === undefined ? NOTHING_CHOSEN : { kind, names: { ...NOTHING_CHOSEN.names, [kind]: text.slice(kind.length + 1) } };
}
