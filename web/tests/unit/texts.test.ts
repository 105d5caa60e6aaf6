// What a person reads lies in the catalogue of texts, and nowhere else: the syntax of the page's sources is searched for words.

import { deepEqual, equal } from "node:assert/strict";
import { after, test } from "node:test";
import { API } from "typescript/unstable/sync";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { type Node, SyntaxKind } from "typescript/unstable/ast";
import * as is from "typescript/unstable/ast/is";
import { join, relative, resolve } from "node:path";
import { numbersIn } from "../../src/words.ts";

/** Called the same in every language: programs, files and users, and what the browser calls dropped files. */
const NAMES = new Set(["Dockerfile", "Gemfile", "Pipfile", "Layerwise", "root", "Files"]);

/** Names of keys. */
const KEY = /^(Mod|Control|Shift|Alt|Meta|Arrow(Left|Right|Up|Down)|Home|End|Escape|Enter|Tab|Page(Up|Down)|((Mod|Ctrl|Shift|Alt|Meta)-)+.+)$/;

/** Attributes that are shown or read out. */
const SHOWN = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"]);

const web = resolve(process.env["LAYERWISE_ROOT"] ?? "..", "web");
const api = new API({ cwd: web });
after(() => api.close());

test("no text that a person reads stands outside of the catalogue", () => {
  const snapshot = api.updateSnapshot({ openProjects: [join(web, "tsconfig.json")] });
  const program = snapshot.getProject(join(web, "tsconfig.json"))?.program;
  const src = join(web, "src");
  const isOwn = (name: string) => name.startsWith(`${src}/`) && !name.startsWith(`${src}/texts/`) && !name.endsWith(".d.ts");
  const own = (program?.getSourceFileNames() ?? []).filter((name) => isOwn(name));
  const found = own.flatMap((name) => {
    const file = program?.getSourceFile(name);
    return file === undefined ? [] : wordsIn(file).map((words) => `${relative(src, name)}: ${words}`);
  });
  equal(own.length > 50, true, "the sources were found");
  deepEqual(found, []);
});

test("a text is found wherever it is shown, and a name of something is none", () => {
  const source = `
    import { h } from "./Own.ts";
    export const shown = [
      h("p", { class: "small button", "aria-label": "the first", title: isOpen ? "open" : "" }, "the second"),
      h("p", {}, count > 0 && \`\${count} left\`, names.map((name) => h("b", {}, name)), ["a" === name ? "the third" : "3"]),
      h("kbd", {}, "F8", "FROM", "Dockerfile", "src/app.js", " · "),
    ];
    export const said = "Copied";
    export const failed = new Error(\`Nothing \${name}\`);
    export const key = "ArrowLeft";
    export const path = "M2.5 8.5l3.5 3.5 7.5-8";
    export const wanted: "Copied" = said;
  `;
  const files = { "/page/tsconfig.json": `{ "files": ["page.ts"] }`, "/page/page.ts": source };
  const api = new API({ cwd: "/page", fs: createVirtualFileSystem(files) });
  try {
    const page = api.updateSnapshot({ openProjects: ["/page/tsconfig.json"] }).getProject("/page/tsconfig.json")?.program.getSourceFile("/page/page.ts");
    if (page === undefined) throw new Error("The source was not read.");
    const found = ["the first", "open", "the second", " …  left", "the third", "Copied", "Nothing  … "];
    deepEqual(wordsIn(page).sort(), found.sort());
  } finally {
    api.close();
  }
});

/** Literals with words of people, wherever they stand in a file. */
function wordsIn(file: Node): string[] {
  const found = new Set<Node>();
  const look = (node: Node): void => {
    if (is.isImportDeclaration(node) || is.isLiteralTypeNode(node)) return;
    const text = textOf(node);
    if (text !== undefined && hasCapital(text)) found.add(node);
    for (const shown of shownIn(node)) {
      for (const literal of literalsOf(shown)) if (/\p{Ll}/u.test(withoutNames(textOf(literal) ?? ""))) found.add(literal);
    }
    node.forEachChild(look);
  };
  look(file);
  return [...found].map((node) => textOf(node) ?? "");
}

/** What a node has the page show or read out: children of `h`, and attributes that are read. */
function shownIn(node: Node): readonly Node[] {
  if (is.isPropertyAssignment(node)) {
    const name = is.isStringLiteral(node.name) || is.isIdentifier(node.name) ? node.name.text : "";
    return SHOWN.has(name) ? [node.initializer] : [];
  }
  return is.isCallExpression(node) && is.isIdentifier(node.expression) && node.expression.text === "h" ? node.arguments.slice(2) : [];
}

/** The literals that the value of an expression can be, or be put together from. */
function literalsOf(node: Node): readonly Node[] {
  if (textOf(node) !== undefined) return [node];
  if (is.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (is.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (is.isArrayLiteralExpression(node)) return node.elements.flatMap(literalsOf);
  if (is.isBinaryExpression(node) && GIVING.has(node.operatorToken.kind)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  // `list.map((entry) => …)`
  if (is.isCallExpression(node)) return node.arguments.flatMap((own) => (is.isArrowFunction(own) ? literalsOf(own.body) : []));
  return [];
}

/** Operators that give one of their operands, or both. */
const GIVING = new Set<SyntaxKind>([
  SyntaxKind.PlusToken,
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** The fixed text of a literal, with a gap wherever a template has a value. */
function textOf(node: Node): string | undefined {
  if (is.isStringLiteral(node) || is.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (is.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(" … ");
  return undefined;
}

/** A word that begins with a capital begins a sentence, or a title; nothing else here is written so. */
function hasCapital(text: string): boolean {
  return !KEY.test(text) && /(?<![\p{L}\p{N}_=-])\p{Lu}\p{Ll}/u.test(withoutNames(text));
}

/** Without names, paths, and files with an ending. */
function withoutNames(text: string): string {
  return text.replaceAll(/[^\s,:;]+/g, (word) => (NAMES.has(word) || /\/|\.\p{L}+$/u.test(word) ? "" : word));
}

test("a number has the form of the word that its language asks for", () => {
  const { count, number } = numbersIn("en");
  const findings = { one: "# finding", other: "# findings" };
  deepEqual([0, 1, 2, 1500].map((of) => count(of, findings)), ["0 findings", "1 finding", "2 findings", "1,500 findings"]);
  equal(number(0.25, 1), "0.3");

  // Of the same text Polish has three forms for whole numbers.
  const polish = numbersIn("pl");
  const lines = { one: "# wiersz", few: "# wiersze", many: "# wierszy", other: "# wiersza" };
  deepEqual([1, 3, 12, 23].map((of) => polish.count(of, lines)), ["1 wiersz", "3 wiersze", "12 wierszy", "23 wiersze"]);
});
