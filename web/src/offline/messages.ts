// What the page and the service worker say to each other. Each question brings a port for its answer.

export type ToServiceWorker =
  | "about"
  /** The person wants the new version now. */
  | "take over"
  /** The page that asks is of the new version already, and others may be of the old one. */
  | "take over if nobody minds";

/** What a service worker tells of itself. */
export interface About {
  /** The build that it belongs to. */
  readonly build: string;
  /** How many files of the site it keeps. */
  readonly files: number;
  /** What it has asked the network for since it was last woken. */
  readonly requested: readonly Requested[];
}

/** A request that was made. */
export interface Requested {
  readonly address: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether it was answered by what this device keeps. */
  readonly isFromDevice: boolean;
}

/** From the browser's own record. */
export function requestedOf(entry: PerformanceResourceTiming): Requested {
  const { name, startTime, transferSize, decodedBodySize } = entry;
  // What came from a cache was transferred in no bytes, and what failed has no body either.
  return { address: name, at: performance.timeOrigin + startTime, isFromDevice: transferSize === 0 && decodedBodySize > 0 };
}
