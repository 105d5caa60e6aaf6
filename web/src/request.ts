import type { Files } from "./files.ts";
import type { Request } from "./engine.ts";
import type { Settings } from "./settings.ts";
import { today } from "./today.ts";

/** What a check is asked beside the texts. */
export type Asking = Pick<Settings, "enable" | "ignore" | "target">;

export function requestOf({ dockerfile, dockerignore }: Files<string>, { enable, ignore }: Asking, target: string | null): Request {
  return {
    text: dockerfile,
    today: today(),
    // An empty one is none: a file that leaves nothing out is nothing that a person keeps.
    ...(dockerignore.trim() === "" ? {} : { dockerignore }),
    ...(target === null ? {} : { target }),
    ...(enable === "" ? {} : { enable }),
    ...(ignore === "" ? {} : { ignore }),
  };
}
