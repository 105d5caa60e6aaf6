// What a page must never come to, whatever stands in a file: an element, an address, a request or a script that the file made.

import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Opened } from "./site.ts";

/** Markup that would say so if it ever became any. */
export const MARKUP = "<img src=x onerror=broken=1><svg/onload=broken=1><a href=javascript:broken=1>a</a></textarea></script><iframe src=//evil.example>";

/** Words of a file that would run in a shell which takes them for more than words. The first has no blanks. */
export const BREAKOUTS = ["';pwned;'", "$(pwned)", "`pwned`", "\\u0022;pwned;\\u0022"] as const;

/** Every field of a Dockerfile that BuildKit takes, filled with what would like to be more than text. */
export const HOSTILE = `# syntax=docker/dockerfile:1
ARG NOTE="${MARKUP}'; pwned; '"
FROM docker.io/library/node:24 AS build
ARG TARGETARCH
ARG UNSET
# ${MARKUP} \u202eturned\u202c, and \u05d4\u05e2\u05e8\u05d4
# hadolint ignore=DL3016 ${MARKUP}
RUN --mount=type=secret,id=a\\';pwned,target=/x --mount=type=secret,id=b$(pwned),env=TOKEN --mount=type=ssh,id=\`pwned\` npm install -g express
RUN echo "${MARKUP}" $(pwned) \`pwned\` \u2066/tmp\u2069 a\u200bb && cd /a && sudo rm \u202e/srv
FROM alpine:latest AS final
RUN apk add curl
ENV A="'; pwned; '" B="$(pwned)" C="\`pwned\`" DATABASE_URL="x'; pwned; '${MARKUP}" API_TOKEN="${MARKUP}kT9xQ2mV7pLw4ZrB8nYs"
LABEL org.opencontainers.image.title="x'; pwned; '" org.opencontainers.image.source="javascript:broken=1//$(pwned)'" note="${MARKUP}"
WORKDIR "/w';pwned;'${MARKUP}"
USER "u';pwned;$(pwned)${MARKUP}"
EXPOSE 80 8080/udp
VOLUME ["/d'; pwned; '", "/e$(pwned)", "/f\`pwned\`", "/${MARKUP}", "/h\\u202ei"]
COPY --from=build /app /etc/
COPY ["conf/a'; pwned; '.json", "/etc/a'; pwned; '.json"]
COPY ["conf/b$(pwned).conf", "/etc/b$(pwned).conf"]
ADD ["${MARKUP}", "/srv/${MARKUP}"]
STOPSIGNAL SIGTERM
HEALTHCHECK CMD ["wget", "-q", "http://localhost/$(pwned)'${MARKUP}"]
CMD ["/app'; pwned; '", "$(pwned)", "'; pwned; '", "\`pwned\`", "=ls", "!x", "-x", "${MARKUP}"]
`;

/** Every field that BuildKit refuses to be so, which its messages then quote. */
export const REFUSED = `FROM node:latest\` [x](http://evil.example) @someone \`b AS build
FROM <img/src=x/onerror=broken=1>:latest AS <img/src=x/onerror=broken=1>
MAINTAINER ${MARKUP} \` [a](javascript:broken=1) @root #12
ENV A\`b=1 B=${MARKUP}
LABEL "x\`y"='"><script>broken=1</script>'
WORKDIR rel\`[x](http://evil.example)\`<img/src=x/onerror=broken=1>
USER root\`[x](http://evil.example)\`\u202ex
EXPOSE 99999\`[x](http://evil.example)\` <img/src=x/onerror=broken=1>
RUN --mount=type=<img/src=x/onerror=broken=1> --network=<img/src=x/onerror=broken=1> apt-get install \`[x](http://evil.example)\`
COPY --from=nope\`@x\` a\`[x](http://evil.example)\` /b
COPY --from=<img/src=x/onerror=broken=1> --chown=<img/src=x/onerror=broken=1> a /b
STOPSIGNAL x\`@y\`<img/src=x/onerror=broken=1>
<img/src=x/onerror=broken=1> bar
FO\u202eO bar
SHELL ["x\`@someone\`"]
ADD http://a/\`@x\`<img/src=x/onerror=broken=1>.tar.gz /
`;

/** Heeds what must not happen, from before the page's own scripts. */
export function heed(page: Page): { readonly dialogs: readonly string[] } {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return { dialogs };
}

/** What stands in the page, open shadow roots included, that no page of ours makes, and text in which something would not be seen. */
export function strangersIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const hidden = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u00ad]/;
    // The page that embeds is somebody else's, and has a script and a frame of its own.
    const ours = "head script, body > script[src], script[type=module], iframe[data-layerwise], img[src$='favicon.svg'], img.cm-widgetBuffer:not([src]), script[src$='/frame-size.js']";
    const visit = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll("*")) {
        const say = (what: string) => found.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
        if (element.matches("img, script, iframe, object, embed, base, form, audio, video, frame") && !element.matches(ours)) say("stranger");
        for (const { name, value } of element.attributes) {
          if (name.startsWith("on")) say("handler");
          if (["href", "src", "action", "xlink:href"].includes(name) && /^\s*((javascript|data|vbscript):|(https?:)?\/\/evil\.example)/i.test(value) && !element.matches("link[rel=icon]")) say("address");
          if (["title", "aria-label", "placeholder"].includes(name) && element.tagName !== "LAYERWISE-PLAYGROUND" && hidden.test(value)) say("hidden");
        }
        if (element.shadowRoot !== null) visit(element.shadowRoot);
      }
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const { parentElement } = text;
        // A field is taken along as it is, what an element was given is no part of the page, and what is read out is not seen.
        const isSeen = parentElement?.closest("textarea, script, style, layerwise-playground, .unseen, pre") === null;
        if (isSeen && hidden.test(text.nodeValue ?? "")) found.push(`hidden: ${JSON.stringify(text.nodeValue?.slice(0, 120))} in ${parentElement?.className}`);
        const isListed = parentElement?.closest("pre") !== null && root instanceof ShadowRoot;
        if (isListed && hidden.test(text.nodeValue ?? "")) found.push(`hidden in a listing: ${JSON.stringify(text.nodeValue?.slice(0, 120))}`);
      }
    };
    visit(document);
    if ("broken" in globalThis) found.push("a script of the file has run");
    return [...new Set(found)];
  });
}

/** Nothing has come of a file, up to now and in this view. */
export async function harmless(view: string, { page, faults }: Opened, dialogs: readonly string[]): Promise<void> {
  deepEqual({ view, strangers: await strangersIn(page), faults, dialogs }, { view, strangers: [], faults: [], dialogs: [] });
}

/** No request went to anywhere but the site. */
export function onlyTo(origin: string, requests: readonly string[]): void {
  deepEqual(requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`)), []);
}

/** What of a Markdown text is no code, as it is shown: each of our paragraphs is one line. https://spec.commonmark.org/0.31.2/#code-spans */
export function proseOf(markdown: string): string {
  const lines = markdown.replaceAll(/^(`{3,})[^\n]*\n[^]*?\n\1$/gm, "").replaceAll("<!-- -->", "\0").split("\n");
  return lines.map(withoutSpans).join("\n");
}

function withoutSpans(line: string): string {
  let shown = "";
  for (let at = 0; at < line.length; ) {
    const [run = ""] = /^`+/.exec(line.slice(at)) ?? [];
    const end = run === "" ? null : new RegExp(`(?<!\`)\`{${run.length}}(?!\`)`).exec(line.slice(at + run.length));
    if (end !== null) at += run.length + end.index + run.length;
    else if (/^\\[!-/:-@[-`{-~]/.test(line.slice(at))) {
      // What it would mean here it does not; who looks for names and numbers looks at what is shown.
      shown += /[<[\]]/.test(line[at + 1] ?? "") ? "_" : line[at + 1];
      at += 2;
    } else shown += line[at++];
  }
  return shown;
}

/** Nothing in a Markdown text is a link or an element, calls somebody, or is hidden. */
export function meansNothing(markdown: string): void {
  const prose = proseOf(markdown);
  ok(prose.length > 20, markdown);
  equal(/<|\]\(|@\w|https?:\/\/|www\.|#\d|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/i.exec(prose)?.[0], undefined, prose);
}
