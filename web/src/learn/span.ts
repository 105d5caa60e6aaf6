// Where the support of releases ends, seen from today: what is ahead of each, or what lies behind.

import type { Support } from "./workshop.ts";

export interface Span {
  readonly isOver: boolean;
  readonly end: Day;
  /** In hundredths of the width. */
  readonly from: number;
  readonly to: number;
}

type Day = Omit<Support["of"][number], "name">;

/** Beside the first and the last of what is drawn, in years. */
const ROOM = 0.5;

/** `now` is today's place, in hundredths of the width. */
export function spans(of: readonly Day[], today: string): { readonly now: number; readonly rows: readonly Span[] } {
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  const now = year + (month - 1 + day / 31) / 12;
  // The whole of the month that is named, or of the year, is still supported.
  const ends = of.map((end) => end.year + (end.month ?? 12) / 12);
  const first = Math.min(now, ...ends) - ROOM;
  const last = Math.max(now, ...ends) + ROOM;
  const place = (time: number) => Math.round(((time - first) / (last - first)) * 1000) / 10;
  const rows = ends.map((end, index) => ({
    isOver: end < now,
    end: of[index] ?? { year: 0 },
    from: place(Math.min(end, now)),
    to: place(Math.max(end, now)),
  }));
  return { now: place(now), rows };
}
