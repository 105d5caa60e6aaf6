// Looks through a list that the page holds already. Without this script the list is read as it is; its texts are the page's own.

const search = document.querySelector<HTMLElement>("[data-search]");
const input = search?.querySelector("input");
const found = search?.querySelector<HTMLElement>("[role=status]");

interface Entry {
  readonly item: HTMLElement;
  readonly words: string;
}

/** Each word that is looked for must be in an entry, the codes of other tools included. */
function begin(search: HTMLElement, input: HTMLInputElement, found: HTMLElement): void {
  const entries: Entry[] = [...document.querySelectorAll<HTMLElement>(".entries > li")].map((item) => ({
    item,
    words: `${item.textContent} ${item.dataset["words"] ?? ""}`.toLowerCase(),
  }));
  const sections = [...document.querySelectorAll("main > section")];

  const filter = (): void => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let shown = 0;
    for (const { item, words } of entries) {
      item.hidden = !wanted.every((word) => words.includes(word));
      if (!item.hidden) shown += 1;
    }
    for (const section of sections) section.toggleAttribute("hidden", section.querySelector("li:not([hidden])") === null);
    found.textContent = wanted.length === 0 ? "" : said(found.dataset, shown);
  };
  input.addEventListener("input", filter);
  input.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Enter" && !isComposing && input.value.trim() !== "") best(entries, input.value.trim())?.click();
  });
  search.hidden = false;
  // A browser that goes back may have kept what was written.
  filter();
}

/** Where Enter leads: to the entry of this very name or code, or else to the first that is shown. */
function best(entries: readonly Entry[], wanted: string): HTMLAnchorElement | null {
  const shown = entries.filter(({ item }) => !item.hidden);
  const exact = shown.find(({ words }) => words.split(/\s+/).includes(wanted.toLowerCase()));
  return (exact ?? shown[0])?.item.querySelector("a") ?? null;
}

function said({ one = "", many = "", none = "" }: DOMStringMap, shown: number): string {
  return shown === 0 ? none : shown === 1 ? one : many.replace("#", String(shown));
}

if (search && input && found) begin(search, input, found);
