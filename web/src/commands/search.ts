// How well a text answers what somebody typed: letters in their order, and the better the more they stand together and at the
// beginning of words. So `fas` finds "Fix all safe".

/** How well `text` fits, the larger the better, or `null` where it does not. Words of the query may come in any order. */
export function fit(query: string, text: string): number | null {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const whole = text.toLowerCase();
  const joined = whole.indexOf(words.join(" "));
  let total = joined === -1 ? 0 : joined === 0 ? 40 : 20;
  for (const word of words) {
    const own = fitOfWord(word, whole);
    if (own === null) return null;
    total += own;
  }
  // Of two that fit alike the shorter one says less that nobody asked for.
  return total - Math.min(whole.length, 200) / 200;
}

function fitOfWord(word: string, text: string): number | null {
  const at = wordStart(text, word);
  if (at !== -1) return 30 + word.length + (at === 0 ? 10 : 0) + (endsAt(text, at + word.length) ? 5 : 0);
  const inside = text.indexOf(word);
  if (inside !== -1 && word.length > 1) return 15 + word.length;
  return initials(word, text);
}

function wordStart(text: string, word: string, from = 0): number {
  for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) {
    if (endsAt(text, at - 1)) return at;
  }
  return -1;
}

/** Whether no word goes on here. */
function endsAt(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text.charAt(at));
}

/** Each letter begins a word, or stands right behind the one before it: a letter in the midst of a word is chance. */
function initials(word: string, text: string): number | null {
  let from = 0;
  let last = -2;
  let starts = 0;
  for (const letter of word) {
    const next = last >= 0 && text.charAt(last + 1) === letter ? last + 1 : wordStart(text, letter, from);
    if (next === -1) return null;
    if (next !== last + 1) starts += 1;
    last = next;
    from = next + 1;
  }
  return 12 - Math.min(starts, 6);
}

/** What fits, the best first; of those that fit alike, the order stays. */
export function ranked<Value>(query: string, all: readonly Value[], textsOf: (value: Value) => readonly { text: string; weight: number }[]): Value[] {
  if (query.trim() === "") return [...all];
  const found = all.flatMap((value, index) => {
    const fits = textsOf(value).flatMap(({ text, weight }) => {
      const own = fit(query, text);
      return own === null ? [] : [own * weight];
    });
    return fits.length === 0 ? [] : [{ value, index, best: Math.max(...fits) }];
  });
  return found.sort((one, other) => other.best - one.best || one.index - other.index).map(({ value }) => value);
}
