import { type Attempt, attempt } from "./proof/proof.ts";
import { Offline } from "./offline/offline.ts";
import type { Playground } from "./playground.ts";
import { news } from "./views/page/news.ts";
import { proof } from "./views/page/proof.ts";
import { toClipboard } from "./clipboard.ts";
import { render } from "./render.ts";
import { witness } from "./proof/witness.ts";

/** How often the panel asks the service worker, while it is open, in milliseconds. */
const OFTEN = 2000;

/** What the page asks of the playground in it. */
export type Inhabitant = Pick<Playground, "keep" | "report">;

/** What the page has around the element: that it works offline, that there is a newer version, and the proof that nothing leaves it. */
export class Page {
  #playground: Inhabitant;
  #news: Element;
  #offline = new Offline(document.documentElement.dataset.build ?? "", () => this.#draw());
  #dialog = document.createElement("dialog");
  #isNewsWanted = true;
  #isTextKept = true;
  #attempt: Attempt | null = null;
  #isCopied = false;
  #asking: number | undefined;

  constructor(playground: Inhabitant, news: Element) {
    this.#playground = playground;
    this.#news = news;
    this.#dialog.className = "proof";
    this.#dialog.setAttribute("aria-labelledby", "proof-title");
    this.#dialog.addEventListener("close", () => clearInterval(this.#asking));
    document.body.append(this.#dialog);
    for (const type of ["online", "offline"]) addEventListener(type, () => this.#draw());
    witness.changed = () => this.#draw();
  }

  /** Begins what nobody should wait for, once the first text is checked. */
  async begin(): Promise<void> {
    for (const button of document.querySelectorAll("[data-proof]")) button.addEventListener("click", () => this.#showProof());
    document.addEventListener("layerwise-proof", () => this.#showProof());
    await this.#playground.report();
    await this.#offline.begin();
    witness.settle();
  }

  #showProof(): void {
    this.#isCopied = false;
    void this.#askServiceWorker();
    this.#asking = window.setInterval(() => void this.#askServiceWorker(), OFTEN);
    this.#dialog.showModal();
    this.#draw();
  }

  /** Its requests are in no record of the page's. What it made before this page was opened is none of this page's. */
  async #askServiceWorker(): Promise<void> {
    const requested = await this.#offline.requested();
    witness.sawRequests("serviceWorker", requested.filter(({ at }) => at >= performance.timeOrigin));
  }

  /** What cannot be kept is said before it would be lost. */
  #reload(): void {
    const isKept = this.#playground.keep();
    if (!isKept && this.#isTextKept) {
      this.#isTextKept = false;
      this.#draw();
    } else {
      void this.#offline.reload();
    }
  }

  async #try(): Promise<void> {
    this.#attempt = await attempt();
    this.#draw();
  }

  async #copy(text: string): Promise<void> {
    this.#isCopied = await toClipboard(text); // if not, it can still be selected
    this.#draw();
  }

  #draw(): void {
    const isNews = this.#offline.isOld && this.#isNewsWanted;
    const later = () => {
      this.#isNewsWanted = false;
      this.#draw();
    };
    render(this.#news, isNews ? [news(this.#isTextKept, { reload: () => this.#reload(), later })] : []);
    if (this.#dialog.open) this.#drawProof();
  }

  #drawProof(): void {
    const { loaded, refused, modules, settledAt } = witness;
    const policy = document.querySelector<HTMLMetaElement>("meta[http-equiv]")?.content ?? null;
    const { kept } = this.#offline;
    const own = { attempt: this.#attempt, isCopied: this.#isCopied, isOnline: navigator.onLine, origin: new URL(location.href).origin };
    render(
      this.#dialog,
      proof(
        { loaded, refused, modules, settledAt, policy, kept, ...own },
        {
          close: () => this.#dialog.close(),
          attempt: () => void this.#try(),
          copy: (text) => void this.#copy(text),
        },
      ),
    );
  }
}
