/**
 * How many letters must be put in, taken out or changed (Levenshtein): in two rows of memory, and time within the product
 * of the lengths.
 */
export function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  let row = [...above];
  for (let at = 0; at < one.length; at += 1) {
    row[0] = at + 1;
    for (let to = 0; to < other.length; to += 1) {
      const changed = above[to]! + (one.charCodeAt(at) === other.charCodeAt(to) ? 0 : 1);
      row[to + 1] = Math.min(changed, above[to + 1]! + 1, row[to]! + 1);
    }
    [above, row] = [row, above];
  }
  return above[other.length]!;
}
