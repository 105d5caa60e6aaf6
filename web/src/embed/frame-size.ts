// A page in a frame does not know how high its frame is, and the page around does not know how high it is. They tell each other by messages:
// the page around asks, and only the page around is answered, at the origin that it asked from.

/** The size of a snippet, in pixels, as `frame-size.js` reads it. */
interface Size {
  readonly layerwise: "size";
  readonly height: number;
}

/** Answers the page around from now on; only one from `origin`, where that is named. What it returns is told what to measure. */
export function answerAround(origin: string | null): (snippet: HTMLElement) => void {
  let asker: string | undefined;
  let shown: HTMLElement | undefined;
  const tell = () => {
    if (asker === undefined || shown === undefined) return;
    const size: Size = { layerwise: "size", height: Math.ceil(shown.getBoundingClientRect().height) };
    // An origin that is opaque has no name to send to; a height is no secret.
    parent.postMessage(size, asker === "null" ? "*" : asker);
  };
  addEventListener("message", ({ source, origin: from, data }: MessageEvent<{ layerwise?: unknown } | null>) => {
    const isAround = parent !== window && source === parent && (origin === null || origin === from);
    if (!isAround || typeof data !== "object" || data?.layerwise !== "size?") return;
    asker = from;
    tell();
  });
  const observer = new ResizeObserver(tell);
  return (snippet) => {
    observer.disconnect();
    shown = snippet;
    observer.observe(snippet);
  };
}
