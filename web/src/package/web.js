// In this form bundlers know that a file belongs to the script.
export const engineModule = () => new URL("./engine.wasm", import.meta.url);

export const shellModule = () => new URL("./shell.wasm", import.meta.url);
