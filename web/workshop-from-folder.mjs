// Makes a workshop of a folder: `node workshop-from-folder.mjs lessons > workshop.json`. The guide is `lessons/README.md`.
//
// The folder holds `workshop.json` with the title, and a folder for each lesson, in the order of their names: `01-pinned-base/lesson.json`, and
// beside it `start/` and `solution/`, each with a Dockerfile and, if the lesson needs one, a `.dockerignore`. What lies in its `also/` and `never/` is no part
// of the workshop: `tests/unit/course.test.ts` judges it.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Returns the workshop as an object. What is wrong within it is told by the page, and by the tests. */
export function workshopFrom(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const lessons = names.map(({ name }) => name).sort().map((name) => lessonFrom(join(folder, name), name));
  return { version: 1, ...json(join(folder, "workshop.json")), lessons };
}

/** The number in front of a folder's name is its place, and no part of the lesson's id. */
function lessonFrom(folder, name) {
  const files = (part) => {
    const ignore = join(folder, part, ".dockerignore");
    const dockerfile = readFileSync(join(folder, part, "Dockerfile"), "utf8");
    return { dockerfile, ...(existsSync(ignore) && { dockerignore: readFileSync(ignore, "utf8") }) };
  };
  const lesson = json(join(folder, "lesson.json"));
  return { id: name.replace(/^\d+-/, ""), ...lesson, start: files("start"), solution: files("solution") };
}

function json(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder] = process.argv;
  if (folder === undefined) {
    console.error("Name the folder of the workshop: node workshop-from-folder.mjs lessons > workshop.json");
    process.exit(1);
  }
  process.stdout.write(`${JSON.stringify(workshopFrom(folder), null, 2)}\n`);
}
