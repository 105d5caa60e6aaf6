// What a page refers to: by its sources, until it is built.

/** Puts in the place of each reference what `resolve` makes of it; it is given what follows the `#` apart. What leads out of the site stays. */
export function withReferences(html, { home, packed, resolve }) {
  return html.replaceAll(/\b(src|href)="([^"]*)"/g, (_, attribute, reference) => `${attribute}="${target(reference)}"`);

  function target(reference) {
    if (/^(#|data:|https?:)/.test(reference)) return reference;
    if (reference === "./") return home;
    if (reference.startsWith("playground:")) return packed(reference);
    const [path, ...place] = reference.split("#");
    return [resolve(path), ...place].join("#");
  }
}

/** The scripts and style sheets that a page begins with. */
export function entryPointsOf(html) {
  return [...html.matchAll(/\b(?:src|href)="(src\/[^"]*\.(?:ts|css))"/g)].map(([, path]) => path);
}
