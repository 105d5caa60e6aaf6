/** The entries of a list under their keys, in the order in which each key comes first. */
export function grouped<Entry, Key extends string>(list: readonly Entry[], keyOf: (entry: Entry) => Key): Map<Key, Entry[]> {
  const found = new Map<Key, Entry[]>();
  for (const entry of list) {
    const key = keyOf(entry);
    const group = found.get(key);
    if (group === undefined) found.set(key, [entry]);
    else group.push(entry);
  }
  return found;
}
