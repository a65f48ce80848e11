interface Node {
  number?: number;
  readonly next: Map<unknown, Node>;
}

/** One number for all lists whose parts are the same, in the order of asking; objects are the same by identity. */
export function createNumbering(): (parts: readonly unknown[]) => number {
  const root: Node = { next: new Map() };
  let count = 0;
  return (parts) => {
    let node = root;
    for (const part of parts) {
      const next = node.next.get(part) ?? { next: new Map() };
      node.next.set(part, next);
      node = next;
    }
    if (node.number === undefined) {
      node.number = count;
      count += 1;
    }
    return node.number;
  };
}
