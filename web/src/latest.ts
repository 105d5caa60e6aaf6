/**
 * Asks one thing at a time, and next always the newest: what was overtaken is never asked, and an answer that came too
 * late is dropped. So a slow answer delays the next one, and nothing has to be guessed about how long to wait.
 */
export class Latest<Question, Answer> {
  #ask: (question: Question) => Promise<Answer>;
  #tell: (answer: Answer, question: Question) => void;
  #fail: (error: unknown) => void;
  #sequence = 0;
  #waiting: { question: Question } | undefined;
  #running: Promise<void> | undefined;

  constructor(
    ask: (question: Question) => Promise<Answer>,
    tell: (answer: Answer, question: Question) => void,
    fail: (error: unknown) => void,
  ) {
    this.#ask = ask;
    this.#tell = tell;
    this.#fail = fail;
  }

  put(question: Question): void {
    this.#sequence += 1;
    this.#waiting = { question };
    this.#running ??= this.#run();
  }

  /** Forgets what waits, and drops the answer that is under way. */
  cancel(): void {
    this.#sequence += 1;
    this.#waiting = undefined;
  }

  /** Resolves once the newest question is answered. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting !== undefined) {
      const { question } = this.#waiting;
      const sequence = this.#sequence;
      this.#waiting = undefined;
      try {
        const answer = await this.#ask(question);
        if (sequence === this.#sequence) this.#tell(answer, question);
      } catch (error) {
        if (sequence === this.#sequence) this.#fail(error);
      }
    }
    this.#running = undefined;
  }
}
