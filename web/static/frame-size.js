// For pages with frames of `embed.html`: makes each as high as what is in it. `<script defer src="…/frame-size.js"></script>`
(() => {
  const frames = () => [...document.querySelectorAll("iframe[data-layerwise]")];
  // A frame in a sandbox has an opaque origin, so there is no name to send to; the question is no secret.
  const ask = (frame) => frame.contentWindow?.postMessage({ layerwise: "size?" }, "*");
  addEventListener("message", ({ source, origin, data }) => {
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (frame === undefined || data?.layerwise !== "size" || !Number.isFinite(data.height)) return;
    const isSandboxed = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    if (origin !== (isSandboxed ? "null" : new URL(frame.src, document.baseURI).origin)) return;
    frame.style.height = `${Math.min(Math.max(data.height, 28), 4000)}px`;
  });
  document.addEventListener("load", ({ target }) => target instanceof HTMLIFrameElement && target.matches("[data-layerwise]") && ask(target), true);
  for (const frame of frames()) ask(frame);
})();
