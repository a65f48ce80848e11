/** A vector by which its text is known again: `whole:12:3`, the third text of the twelfth request. */
export function vectorOf(text: string): number[] {
  const [, id = 0, index = 0] = text.split(":").map(Number);
  return [id, index, 0.5, ...Array.from({ length: 253 }, (_, at) => at / 256)];
}
