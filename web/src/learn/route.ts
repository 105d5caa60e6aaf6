// What the fragment of the page's address names. None begins with a digit: so do links of the playground.

export type Route =
  | { readonly view: "list" }
  | { readonly view: "plan"; readonly plan: string }
  /** `link` is a text to begin with, as links of the playground hold it; `isPresented` where a room looks on. */
  | { readonly view: "lesson"; readonly lesson: string; readonly link: string | null; readonly isPresented?: boolean }
  | { readonly view: "finish" }
  | { readonly view: "handout"; readonly hasSolutions: boolean };

export function routeIn(fragment: string): Route {
  const [view, name, link] = fragment.replace(/^#/, "").split("/");
  if ((view === "lesson" || view === "present") && name !== undefined && name !== "") {
    return { view: "lesson", lesson: name, link: link === undefined || link === "" ? null : link, isPresented: view === "present" };
  }
  if (view === "plan" && name !== undefined) return { view, plan: name };
  if (view === "finish") return { view };
  if (view === "handout") return { view, hasSolutions: name === "solutions" };
  return { view: "list" };
}

export type LessonRoute = Extract<Route, { readonly view: "lesson" }>;

/** Where the page is found, without what asks for a workshop of the site. */
export function plainAddress({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const kept = search.slice(1).split("&").filter((part) => part !== "" && !part.startsWith("workshop="));
  return kept.length === 0 ? pathname : `${pathname}?${kept.join("&")}`;
}

export function addressOf(route: Route): string {
  if (route.view === "lesson") return `#${route.isPresented === true ? "present" : "lesson"}/${route.lesson}${route.link === null ? "" : `/${route.link}`}`;
  if (route.view === "plan") return `#plan/${route.plan}`;
  if (route.view === "handout") return route.hasSolutions ? "#handout/solutions" : "#handout";
  return route.view === "finish" ? "#finish" : "#list";
}
