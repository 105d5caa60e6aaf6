// What was there when a walk failed, for who was not there.

import type { Session } from "./webdriver.ts";
import { inTarget } from "../browser/environment.ts";
import { join } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";

const FOLDER = inTarget("engines");

/** `name` is that of the walk. Address and text of the page, the last lines that the browser said, and where a picture of it lies. */
export async function seen(name: string, session: Session, said: readonly string[]): Promise<string> {
  const page = await session
    .run(() => {
      const textsIn = (root: Document | ShadowRoot): string[] =>
        [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [[...shadowRoot.children].map((child) => (child as HTMLElement).innerText).join("\n"), ...textsIn(shadowRoot)]));
      return [location.href, document.body.innerText, ...textsIn(document)].join("\n");
    })
    .catch((error: unknown) => String(error));
  const picture = await session.picture().then(
    (png) => {
      mkdirSync(FOLDER, { recursive: true });
      const path = join(FOLDER, `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.png`);
      writeFileSync(path, png);
      return `A picture: ${path}`;
    },
    (error: unknown) => `There is no picture: ${error}`,
  );
  return [page, picture, ...said.slice(-30)].join("\n");
}
