/**
 * How many letters must be put in, taken out or changed (Levenshtein), up to `most`: beyond that, `most + 1`. Two rows of
 * memory, and time within the product of the lengths.
 */
export function editDistance(one: string, other: string, most = Infinity): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  let row: number[] = [...above];
  for (let at = 0; at < one.length; at += 1) {
    row[0] = at + 1;
    let least = at + 1;
    for (let to = 0; to < other.length; to += 1) {
      const changed = above[to]! + (one.charCodeAt(at) === other.charCodeAt(to) ? 0 : 1);
      const cell = Math.min(changed, above[to + 1]! + 1, row[to]! + 1);
      row[to + 1] = cell;
      if (cell < least) least = cell;
    }
    if (least > most) return most + 1;
    [above, row] = [row, above];
  }
  return above[other.length]!;
}
