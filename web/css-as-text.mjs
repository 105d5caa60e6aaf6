// A style sheet that a script imports becomes its text, minified, for a constructable style sheet of a shadow root.
// (One that index.html links to stays a style sheet.)
import * as esbuild from "esbuild";
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** Paths start here, since the source map repeats them: of the machine that built the site it says nothing. */
const root = import.meta.dirname;

/** @type {esbuild.Plugin} */
export const cssAsText = {
  name: "css-as-text",
  setup(build) {
    build.onResolve({ filter: /\.css$/ }, ({ kind, path, resolveDir }) =>
      kind === "import-statement" ? { path: fromRoot(resolve(resolveDir, path)), namespace: "css-as-text" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "css-as-text" }, async ({ path }) => {
      const options = { loader: "css", minify: true, target: "es2022", charset: "utf8", sourcefile: path };
      const file = join(root, path);
      const { code, warnings } = await esbuild.transform(readFileSync(file, "utf8"), options);
      return { contents: code, loader: "text", warnings, watchFiles: [file] };
    });
  },
};

/** The same on every system. */
function fromRoot(path) {
  return relative(root, path).replaceAll("\\", "/");
}
