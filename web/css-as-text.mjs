// A style sheet that a script imports becomes its text, minified, for a constructable style sheet of a shadow root.
// (One that index.html links to stays a style sheet.)
import * as esbuild from "esbuild";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** @type {esbuild.Plugin} */
export const cssAsText = {
  name: "css-as-text",
  setup(build) {
    build.onResolve({ filter: /\.css$/ }, ({ kind, path, resolveDir }) =>
      kind === "import-statement" ? { path: resolve(resolveDir, path), namespace: "css-as-text" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "css-as-text" }, async ({ path }) => {
      const options = { loader: "css", minify: true, target: "es2022", charset: "utf8", sourcefile: path };
      const { code, warnings } = await esbuild.transform(readFileSync(path, "utf8"), options);
      return { contents: code, loader: "text", warnings, watchFiles: [path] };
    });
  },
};
