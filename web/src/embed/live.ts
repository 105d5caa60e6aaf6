// What comes when the first snippet of a page nears the screen: one engine for all of them, colours, scores and findings. No editor yet.

export { Snippet } from "./snippet.ts";
