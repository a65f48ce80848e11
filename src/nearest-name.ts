/** What to say of a name that is not known. */
export function hintFor(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant ? `did you mean '${meant}'?` : `known are ${known.join(", ")}.`;
}

/** The known word that a wrong one was probably meant to be; undefined where none is close. */
function nearest(word: string, known: readonly string[]): string | undefined {
  // A word so long is no slip of a finger, and comparing it would take long.
  if (word.length > 60) return undefined;
  const wanted = plain(word);
  const [best] = known
    .map((each) => ({ each, distance: distance(wanted, plain(each)) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 3)) ? best.each : undefined;
}

/** `max_body_bytes` and `maxBodyBytes` are one word to people. */
const plain = (word: string): string => word.toLowerCase().replaceAll(/[_-]/g, "");

/** How many letters have to be put in, taken out, exchanged, or swapped with the next one. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row += 1) {
    const now = [row];
    const above = rows[row - 1]!;
    for (let at = 1; at <= to.length; at += 1) {
      const exchanged = above[at - 1]! + (from[row - 1] === to[at - 1] ? 0 : 1);
      const isSwap = from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1];
      const swapped = isSwap ? rows[row - 2]![at - 2]! + 1 : Infinity;
      now.push(Math.min(exchanged, swapped, above[at]! + 1, now[at - 1]! + 1));
    }
    rows.push(now);
  }
  return rows[from.length]![to.length]!;
}
