// Where a workshop comes from: our own course, a file of the same site, or a file of the device. What is in it is judged elsewhere.

import { keep, recall } from "../storage.ts";
import { kept } from "../fetched.ts";
import { LARGEST } from "./read.ts";
import { readText, textIn } from "../files.ts";
import { course } from "../../generated/assets.ts";
import { texts } from "../texts/learn.ts";

export interface Source {
  /** Under which progress is kept. */
  readonly name: string;
  readonly text: string;
  /** Whether it is none of ours. */
  readonly isOwn: boolean;
}

/** Under which a file of the device is kept, so that a reload goes on with it. */
const KEPT = "learn-file";

/** In bytes. */
const MOST = 4 * LARGEST;

/** Rejects with a sentence for people. */
export async function fetchSource(query: string): Promise<Source> {
  const asked = new URLSearchParams(query).get("workshop");
  if (asked !== null) return { name: `of:${asked}`, text: await ofSite(asked), isOwn: true };
  const file = recall(KEPT);
  if (file !== null) return { name: nameOf(file), text: file, isOwn: true };
  return { name: "course", text: await fetchCourse(), isOwn: false };
}

/** The text of our own course. Rejects with a sentence for people. */
export function fetchCourse(): Promise<string> {
  return textAt(course);
}

/** Takes a file of the device. Rejects with a sentence for people. */
export async function openFile(file: File): Promise<Source> {
  if (file.size > MOST) throw new Error(texts.source.large(file.name));
  const text = await readText(file);
  return { name: nameOf(text), text, isOwn: true };
}

/** Keeps a file of the device for the next visit, and tells whether there was room. */
export function keepSource({ text }: Source): boolean {
  return keep(KEPT, text);
}

export function forgetSource(): void {
  keep(KEPT, null);
}

async function ofSite(asked: string): Promise<string> {
  let address: URL;
  try {
    address = new URL(asked, location.href);
  } catch {
    throw new Error(texts.source.noAddress(asked));
  }
  if (address.origin !== location.origin) throw new Error(texts.source.otherSite(address.origin));
  return textAt(address.href);
}

async function textAt(address: string): Promise<string> {
  // A workshop of a trainer's is in no copy that the service worker keeps.
  const copy = address === course ? await kept(address) : undefined;
  const response = copy ?? (await fetch(address).catch(() => {
    throw new Error(texts.source.offline(address));
  }));
  if (!response.ok) throw new Error(texts.source.answered(address, response.status));
  return textIn(await bytesOf(response, address), address);
}

/** Stops as soon as more comes than may. */
async function bytesOf(response: Response, address: string): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.byteLength;
    if (size > MOST) {
      reader?.cancel().catch(() => {});
      throw new Error(texts.source.large(address));
    }
    parts.push(value);
  }
}

/** Two versions of a file are two workshops only where their texts differ. This is no secret, so it need not be strong. */
function nameOf(text: string): string {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return `file:${(hash >>> 0).toString(36)}.${text.length}`;
}
