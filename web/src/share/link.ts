// A link holds what it shares in its fragment, which browsers send to no server: `#1` and a packed object, where 1 is the version of this form.
// Links of every version stay readable for ever: a new form gets a new digit, and its reader stands beside the old ones.

import { isObject } from "../objects.ts";
import { texts } from "../texts.ts";

/** What a link shares. */
export interface Shared {
  readonly dockerfile: string;
  readonly dockerignore: string;
  /** The stage to build; empty for the last one. */
  readonly target: string;
}

/** What a link may unpack to, in bytes. Dockerfiles are far smaller; a hostile link could unpack to gigabytes. */
const LARGEST = 2 * 1024 * 1024;

const { damagedLink: DAMAGED, largeLink: TOO_LARGE, newerLink: NEWER } = texts.errors;

const LINK = /^#?([0-9])([A-Za-z0-9_-]+)$/;

/** Whether a fragment looks like one of ours, and not like the name of a place in a page. */
export function isLink(fragment: string): boolean {
  return /^#?[0-9]/.test(fragment);
}

/** The fragment for what is shared, with its `#`. */
export async function encode({ dockerfile, dockerignore, target }: Shared): Promise<string> {
  const fields = { d: dockerfile, ...(dockerignore !== "" && { i: dockerignore }), ...(target !== "" && { t: target }) };
  const bytes = new TextEncoder().encode(JSON.stringify(fields));
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `#1${toBase64(new Uint8Array(await new Response(packed).arrayBuffer()))}`;
}

/** Rejects with a sentence for people. */
export async function decode(fragment: string): Promise<Shared> {
  const [, version, packed = ""] = LINK.exec(fragment) ?? [];
  if (version === undefined) throw new Error(DAMAGED);
  if (version !== "1") throw new Error(NEWER);
  const fields = await unpacked(packed);
  const field = (name: string): string => {
    const value: unknown = Object.hasOwn(fields, name) ? fields[name] : "";
    if (typeof value !== "string") throw new Error(DAMAGED);
    return value;
  };
  return { dockerfile: field("d"), dockerignore: field("i"), target: field("t") };
}

async function unpacked(packed: string): Promise<Record<string, unknown>> {
  const text = await inflate(fromBase64(packed));
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // said below
  }
  throw new Error(DAMAGED);
}

/** How many bytes are unpacked at once. Browsers give out all that comes of them before they can be stopped, which is a thousand times as much at most. */
const PORTION = 512;

/** Stops as soon as more comes out than may. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  let at = 0;
  const portions = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, (at += PORTION)));
      },
    },
    { highWaterMark: 0 },
  );
  const reader = portions.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > LARGEST) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    throw new Error(DAMAGED);
  }
  reader.cancel().catch(() => {});
  throw new Error(TOO_LARGE);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    throw new Error(DAMAGED);
  }
}
