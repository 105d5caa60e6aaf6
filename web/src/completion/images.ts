import { baseImages } from "../../generated/assets.ts";
import { fetched } from "../fetched.ts";

/** What is known of a release: its title, and the last day of its support as `YYYY-MM-DD`; `ended` where nobody knows it, or nothing. */
interface Release {
  readonly title: string;
  readonly ends: string;
}

export interface Tag {
  readonly name: string;
  /** The system that is in the image, or the release where that is not told: `Debian 12`. */
  readonly about: string;
  /** The first day on which something in it has no support any more; empty where none is known. */
  readonly ends: string;
}

export interface BaseImage {
  readonly name: string;
  readonly tags: readonly Tag[];
}

export type Catalogue = readonly BaseImage[];

export const loadImages = fetched(baseImages, read, (response) => response.text());

/** `crate/xtask/src/base_images.rs` tells the form. */
export function read(text: string): Catalogue {
  const [, ...lines] = text.split("\n");
  const blank = lines.indexOf("");
  const releases = lines.slice(0, blank).map((line): Release => {
    const [title = "", ends = ""] = line.split("\t");
    return { title, ends };
  });
  const images: { name: string; tags: Tag[] }[] = [];
  for (const line of lines.slice(blank + 1)) {
    if (line.startsWith("=")) images.push({ name: line.slice(1), tags: [] });
    else if (line !== "") images.at(-1)?.tags.push(...tagsIn(line, releases));
  }
  return images;
}

function tagsIn(line: string, releases: readonly Release[]): Tag[] {
  const [own = "", system = "", ...names] = line.split(" ");
  const parts = [own, system].flatMap((number) => releases[Number(number)] ?? []);
  // The tag itself says the release of the product.
  const about = parts.at(-1)?.title ?? "";
  const [ends = ""] = parts.flatMap(({ ends }) => (ends === "" ? [] : [ends === "ended" ? "0000" : ends])).sort();
  return names.map((name) => ({ name, about, ends }));
}

/** Whether nobody mends what is in an image any more on a day. */
export function hasEnded({ ends }: Tag, today: string): boolean {
  return ends !== "" && ends < today;
}

/** The tags of an image, those that are looked after first, then what is not out yet, then what has ended; of each the plainest first. */
export function orderedTags({ tags }: BaseImage, today: string): readonly Tag[] {
  const rank = (tag: Tag) => (hasEnded(tag, today) ? 2000 : 0) + (isEarly(tag) ? 1000 : 0) + weight(tag);
  return [...tags].sort((one, other) => rank(one) - rank(other)); // of one weight the newest first, as they are listed
}

function isEarly({ name }: Tag): boolean {
  return /alpha|beta|\drc|-rc|-ea\b/.test(name);
}

/** How much a tag says: `3.14-slim` more than `3.14`, and less than `3.14.2-slim-trixie`. The small images are what most people look for. */
function weight({ name }: Tag): number {
  const [version = "", ...variant] = name.split("-");
  const small = variant.includes("slim") || variant.includes("alpine") ? 0.5 : 0;
  return version.split(".").length + variant.length + variant.join("-").split(/\d/).length - small;
}
