import type { Plan } from "../engine.ts";
import type { Suggestions } from "./change.ts";

/** What programs of one kind are made of. */
interface Ecosystem {
  /** Commands that show that it is in use. */
  readonly commands: readonly string[];
  /** Files that list what is to be installed, the usual one first. */
  readonly manifests: readonly string[];
  /** What a file of source is called, for example. */
  readonly source: string;
}

const ECOSYSTEMS: readonly Ecosystem[] = [
  { commands: ["npm", "yarn", "pnpm", "bun", "npx", "node", "corepack"], manifests: ["package.json"], source: "src/app.js" },
  {
    commands: ["pip", "pip3", "python", "python3", "uv", "poetry", "pipenv"],
    manifests: ["requirements.txt", "pyproject.toml", "Pipfile", "setup.py"],
    source: "src/app.py",
  },
  { commands: ["go"], manifests: ["go.mod"], source: "main.go" },
  { commands: ["cargo", "rustc"], manifests: ["Cargo.toml"], source: "src/main.rs" },
  { commands: ["mvn", "./mvnw"], manifests: ["pom.xml"], source: "src/main/java/App.java" },
  {
    commands: ["gradle", "./gradlew"],
    manifests: ["build.gradle", "build.gradle.kts"],
    source: "src/main/java/App.java",
  },
  { commands: ["dotnet"], manifests: ["App.csproj"], source: "Program.cs" },
  { commands: ["composer", "php"], manifests: ["composer.json"], source: "src/index.php" },
  { commands: ["bundle", "gem", "ruby"], manifests: ["Gemfile"], source: "lib/app.rb" },
  { commands: ["mix"], manifests: ["mix.exs"], source: "lib/app.ex" },
];

/** Files that say how something is built or installed, and are seldom changed. */
const SETTINGS = /\.(?:lock|lockb|sum|mod|json|ya?ml|toml|ini|cfg|conf|config|xml|txt|properties|env|npmrc|csproj|sln)$|lock\./;

/** How many there are at most of a kind. */
const MOST = 12;

/** What may change, a file of source and a manifest first: they tell most of how a build is put in order. */
export function suggestions({ stages, mayChange }: Plan): Suggestions {
  const ecosystems = ecosystemsOf(stages.filter(({ isNeeded }) => isNeeded).flatMap(({ steps }) => steps.map(({ text }) => text)));
  const named = [...new Set(mayChange.files.map(example).filter((path) => path !== ""))];
  const isWhole = named.includes(".");
  const paths = named.filter((path) => path !== ".");
  const all = ecosystems.flatMap(({ manifests }) => manifests);
  const manifest = paths.find((path) => all.includes(base(path))) ?? (isWhole ? all[0] : undefined);
  const usual = ecosystems[0]?.source ?? "src/app";
  const own = paths.find((path) => !all.includes(base(path)) && !SETTINGS.test(base(path)) && !path.includes("://"));
  const source = isWhole ? usual : own && sourceIn(own, usual);
  const files = [source, manifest, ...paths].filter((path) => path !== undefined);
  return { file: some(files), arg: some(mayChange.args), image: some(mayChange.images) };
}

function some(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, MOST);
}

/** In the order in which the steps begin to use them, which is that in which they matter to people. */
function ecosystemsOf(texts: readonly string[]): Ecosystem[] {
  const words = new Set(texts.flatMap((text) => text.split(/[\s;&|("']+/)));
  const place = ({ commands }: Ecosystem) => [...words].findIndex((word) => commands.includes(word));
  return ECOSYSTEMS.filter((one) => place(one) !== -1).sort((one, other) => place(one) - place(other));
}

/** The path itself, or a file of source in it where it seems to be a folder. */
function sourceIn(path: string, usual: string): string {
  return base(path).includes(".") ? path : `${path.replace(/\/$/, "")}/${base(usual)}`;
}

/** One of the files that a source of `COPY` stands for, `.` for the whole context; empty for what no example is known of. */
function example(source: string): string {
  if (source.includes("://") || source.startsWith("git@")) return source;
  const path = source.replace(/^(?:\.?\/)+/, "").replace(/[*?]/g, "");
  if (path === "" || path === ".") return ".";
  return /[$[\]\\]/.test(path) || base(path).startsWith(".") === !base(source).startsWith(".") ? "" : path;
}

function base(path: string): string {
  return path.split("/").filter((part) => part !== "").at(-1) ?? "";
}
