// In Node a module is a file beside this one.
import { readFile } from "node:fs/promises";

export const engineModule = () => readFile(new URL("./engine.wasm", import.meta.url));

export const shellModule = () => readFile(new URL("./shell.wasm", import.meta.url));
