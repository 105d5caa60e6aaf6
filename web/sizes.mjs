// Prints what each group of files (see build.mjs) weighs after Brotli: a name, a tab, a number of bytes. A group whose files are held to their budget
// each weighs what the largest of them does.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

process.chdir(import.meta.dirname);
const groups = JSON.parse(readFileSync("generated/groups.json", "utf8"));
for (const [name, files] of Object.entries(groups)) {
  const isTogether = Array.isArray(files);
  const sizes = (isTogether ? files : files.each).map((file) => compressed(readFileSync(join("dist", file))));
  console.log(`${name}\t${isTogether ? sizes.reduce((sum, size) => sum + size, 0) : Math.max(...sizes)}`);
}

/** As the program `brotli` compresses what a host keeps ready: with the largest window, which is larger than Node's own. */
function compressed(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}
