// What the fragment of the page's address names. None begins with a digit: so do links of the playground.

export type Route =
  | { readonly view: "list" }
  | { readonly view: "plan"; readonly plan: string }
  /** `link` is a text to begin with, as links of the playground hold it. */
  | { readonly view: "lesson"; readonly lesson: string; readonly link: string | null }
  | { readonly view: "finish" }
  | { readonly view: "handout"; readonly hasSolutions: boolean };

export function routeIn(fragment: string): Route {
  const [view, name, link] = fragment.replace(/^#/, "").split("/");
  if (view === "lesson" && name !== undefined && name !== "") return { view, lesson: name, link: link === undefined || link === "" ? null : link };
  if (view === "plan" && name !== undefined) return { view, plan: name };
  if (view === "finish") return { view };
  if (view === "handout") return { view, hasSolutions: name === "solutions" };
  return { view: "list" };
}

/** Where the page is found, without what asks for a workshop of the site. */
export function plainAddress({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const kept = search.slice(1).split("&").filter((part) => part !== "" && !part.startsWith("workshop="));
  return kept.length === 0 ? pathname : `${pathname}?${kept.join("&")}`;
}

export function addressOf(route: Route): string {
  if (route.view === "lesson") return `#lesson/${route.lesson}${route.link === null ? "" : `/${route.link}`}`;
  if (route.view === "plan") return `#plan/${route.plan}`;
  if (route.view === "handout") return route.hasSolutions ? "#handout/solutions" : "#handout";
  return route.view === "finish" ? "#finish" : "#list";
}
