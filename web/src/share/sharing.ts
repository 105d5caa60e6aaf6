import { type Format, nameOf } from "./formats.ts";
import { MASK, masked, maskedReport } from "./secrets.ts";
import type { Range, Report } from "../engine.ts";
import type { Checker } from "../checker.ts";
import type { Editor, Version } from "../editor.ts";
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
  /** Puts a text on the clipboard, and tells whether it could; it must be asked for at once when somebody presses something. */
  copy(text: string | Promise<string>): Promise<boolean>;
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
      if (format === "text") return await this.#copy(text, () => texts.share.copiedText);
      if (format === "file") return this.#download("Dockerfile", "application/octet-stream", text);
      const secrets = this.#checker.secrets(version);
      if (format === "link") await this.#link(version, secrets);
      else await this.#report(format, version, secrets);
    } catch (error) {
      if (error instanceof Overtaken) this.#means.say(texts.share.changed);
      else this.#checker.complain(error);
    }
  }

  async #link({ dockerfile, dockerignore }: Version, secrets: Promise<readonly Range[]>): Promise<void> {
    const target = this.#store.state.target ?? "";
    const link = secrets.then(async (secrets) => shared + (await encode({ dockerfile: masked(dockerfile.toString(), secrets), dockerignore: dockerignore.toString(), target })));
    await this.#copy(link, async () => {
      const address = await link;
      const local = address.startsWith("file:") ? texts.share.localLink : "";
      const long = address.length > LONG ? texts.share.longLink : "";
      return texts.share.copiedLink(address.length, leftOut(await secrets)) + local + long;
    });
  }

  async #report(format: Format, version: Version, found: Promise<readonly Range[]>): Promise<void> {
    const text = version.dockerfile.toString();
    // Their places are those of the text as it is; only what stands there is left out.
    const clean = Promise.all([this.#reportOf(version), found]).then(([report, secrets]) => maskedReport(report, text, secrets));
    const paper = async () => markdown(await clean, masked(text, await found));
    if (format === "markdown") return this.#copy(paper(), async () => texts.share.copiedMarkdown(leftOut(await found)));
    const [report, left] = [await clean, leftOut(await found)];
    if (format === "report") return this.#download(nameOf(format), "text/markdown", await paper(), left);
    if (format === "json") return this.#download(nameOf(format), "application/json", json(report, text, "Dockerfile"), left);
    const log = sarif(report, { text, file: "Dockerfile", version: this.#means.version(), rules: await rulesOf(report) });
    this.#download(nameOf(format), "application/sarif+json", log, left);
  }

  /** The report of a version of the files, while that is still the one in the editor. */
  async #reportOf(version: Version): Promise<Report> {
    const report = await this.#checker.settled();
    if (report === null || version !== this.#editor.version) throw new Overtaken();
    return report;
  }

  /** The clipboard is asked for at once; what is then said may depend on what was copied. */
  async #copy(text: string | Promise<string>, said: () => string | Promise<string>): Promise<void> {
    if (await this.#means.copy(text)) this.#means.say(await said());
  }

  #download(name: string, type: string, text: string, left = ""): void {
    save(name, text, type);
    this.#means.say(texts.share.saved(name, left));
  }
}

/** The text is another by now, or cannot be checked. */
class Overtaken extends Error {}

function leftOut(secrets: readonly Range[]): string {
  return secrets.length > 0 ? texts.share.masked(secrets.length, MASK) : "";
}

/** The texts of the rules of a report, as far as they can be fetched. */
async function rulesOf({ findings, suppressed }: Report): Promise<RuleTexts> {
  const hasShell = [...findings, ...suppressed].some(({ category }) => category === SHELL);
  const all = await Promise.allSettled([loadRules(), ...(hasShell ? [loadShellRules()] : [])]);
  return new Map(all.flatMap((one) => (one.status === "fulfilled" ? [...one.value] : [])));
}
