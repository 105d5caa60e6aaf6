// Stands in for `../site.ts` in the edition in one file: there every page of the site is the same file, asked for by what follows the `?`.

import { facts } from "../../generated/facts.ts";

export const inOneFile = true;

/** What leads to a page, put before its path. */
export const site = `${location.href.replace(/[?#].*$/s, "")}?`;

/** Where a link to a text leads: to the playground that others have, where it is known. */
export const shared = facts.address ?? site;
