/** The folder of this site's pages, wherever the element is shown: all scripts lie in one folder in it. */
export const site = new URL("..", import.meta.url).href;
