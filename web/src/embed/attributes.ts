/** The attributes of a snippet that an address, a block or the configurator may say. */
export const SNIPPET_ATTRIBUTES = ["view", "readonly", "enable", "ignore", "severity", "target", "fragment", "expect", "theme", "height", "label"] as const;
