/** Where the modules are, which each platform says in its own way: `node.js` and `web.js`. */
declare module "#modules" {
  export function engineModule(): Promise<BufferSource> | URL;
  export function shellModule(): Promise<BufferSource> | URL;
}
