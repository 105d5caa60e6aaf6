/** Whether this is the edition in one file, in which `one-file/site.ts` stands in for this module. */
export const inOneFile: boolean = false;

/** The folder of this site's pages, wherever the element is shown: all scripts lie in one folder in it. Put before a path, it leads to a page. */
export const site = new URL("..", import.meta.url).href;

/** Where a link to a text leads. */
export const shared: string = site;
