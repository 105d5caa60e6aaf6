import { type Format, nameOf } from "./formats.ts";
import { MASK, masked, maskedReport } from "./secrets.ts";
import type { Range, Report } from "../engine.ts";
import type { Checker } from "../checker.ts";
import type { Editor } from "../editor.ts";
import { SHELL } from "../items.ts";
import type { Store } from "../state.ts";
import { type RuleTexts, loadRules, loadShellRules } from "../rules.ts";
import { encode } from "./link.ts";
import { json } from "./json.ts";
import { report as markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { save } from "../files.ts";
import { shared } from "../site.ts";
import { texts } from "../texts.ts";

/** Programs that people write to each other with cut longer links. */
const LONG = 2000;

/** What the element does for it. */
export interface Means {
  /** Puts a text on the clipboard, and tells whether it could. */
  copy(text: string): Promise<boolean>;
  /** Tells the person something. */
  say(text: string): void;
  version(): string;
}

/** Hands the Dockerfile and its report out. Where that goes to others, the credentials in it stay here. */
export class Sharing {
  #editor: Editor;
  #checker: Checker;
  #store: Store;
  #means: Means;

  constructor(editor: Editor, checker: Checker, store: Store, means: Means) {
    this.#editor = editor;
    this.#checker = checker;
    this.#store = store;
    this.#means = means;
  }

  async share(format: Format): Promise<void> {
    const { version } = this.#editor;
    const text = version.dockerfile.toString();
    try {
      if (format === "text") return await this.#copy(text, texts.share.copiedText);
      if (format === "file") return this.#download("Dockerfile", "application/octet-stream", text);
      const secrets = await this.#checker.secrets(version);
      const left = secrets.length > 0 ? texts.share.masked(secrets.length, MASK) : "";
      if (format === "link") return await this.#link(masked(text, secrets), version.dockerignore.toString(), left);
      const report = await this.#checker.settled();
      if (report === null || version !== this.#editor.version) return this.#means.say(texts.share.changed);
      await this.#report(format, report, text, secrets, left);
    } catch (error) {
      this.#checker.complain(error);
    }
  }

  async #link(dockerfile: string, dockerignore: string, left: string): Promise<void> {
    const link = shared + (await encode({ dockerfile, dockerignore, target: this.#store.state.target ?? "" }));
    const local = link.startsWith("file:") ? texts.share.localLink : "";
    const long = link.length > LONG ? texts.share.longLink : "";
    await this.#copy(link, texts.share.copiedLink(link.length, left) + local + long);
  }

  async #report(format: Format, report: Report, text: string, secrets: readonly Range[], left: string): Promise<void> {
    // Their places are those of the text as it is; only what stands there is left out.
    const clean = maskedReport(report, text, secrets);
    const paper = markdown(clean, masked(text, secrets));
    if (format === "markdown") return this.#copy(paper, texts.share.copiedMarkdown(left));
    if (format === "report") return this.#download(nameOf(format), "text/markdown", paper, left);
    if (format === "json") return this.#download(nameOf(format), "application/json", json(clean, text, "Dockerfile"), left);
    const rules = await rulesOf(clean);
    const log = sarif(clean, { text, file: "Dockerfile", version: this.#means.version(), rules });
    this.#download(nameOf(format), "application/sarif+json", log, left);
  }

  async #copy(text: string, said: string): Promise<void> {
    if (await this.#means.copy(text)) this.#means.say(said);
  }

  #download(name: string, type: string, text: string, left = ""): void {
    save(name, text, type);
    this.#means.say(texts.share.saved(name, left));
  }
}

/** The texts of the rules of a report, as far as they can be fetched. */
async function rulesOf({ findings, suppressed }: Report): Promise<RuleTexts> {
  const hasShell = [...findings, ...suppressed].some(({ category }) => category === SHELL);
  const all = await Promise.allSettled([loadRules(), ...(hasShell ? [loadShellRules()] : [])]);
  return new Map(all.flatMap((one) => (one.status === "fulfilled" ? [...one.value] : [])));
}
