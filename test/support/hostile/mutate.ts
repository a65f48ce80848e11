import * as fc from "fast-check";
import { hostileName, hostileNumber, hostileText, hostileValue, raw, toText } from "./json-text.ts";

type Path = readonly (string | number)[];

/** Every place in a value, the root among them. */
function placesIn(value: unknown, above: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [above];
  return [above, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...above, name]))];
}

/** The value with something else at a place; `undefined` takes it away. */
function put(value: unknown, [step, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (step === undefined) return change(value);
  if (typeof value !== "object" || value === null) return value;
  const inner = put((value as Record<string, unknown>)[step], rest, change);
  if (Array.isArray(value))
    return value.flatMap((item: unknown, at) =>
      String(at) === String(step) ? (inner === undefined ? [] : [inner]) : [item],
    );
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      name === String(step) ? (inner === undefined ? [] : [[name, inner]]) : [[name, member]],
    ),
  );
}

/** What is done to a place: a value of its own or another kind, none, one more member, the same many times or one level deeper. */
const change: fc.Arbitrary<(old: unknown) => unknown> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.tuple(hostileText, hostileNumber, hostileValue).map(
      ([text, number, other]) =>
        (old: unknown) =>
          typeof old === "string" ? text : typeof old === "number" ? number : other,
    ),
  },
  { weight: 3, arbitrary: hostileValue.map((value) => () => value) },
  { weight: 1, arbitrary: fc.constant(() => undefined) },
  {
    weight: 4,
    arbitrary: fc.tuple(hostileName, hostileValue).map(
      ([name, value]) =>
        (old: unknown) =>
          withMember(old, name, value),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(2, 3, 200).map((times) => (old: unknown) => Array<unknown>(times).fill(old)),
  },
  { weight: 1, arbitrary: fc.constant((old: unknown) => ({ value: old })) },
);

/** Also beside a member of the same name, of which the last counts. */
function withMember(old: unknown, name: string, value: unknown): unknown {
  if (Array.isArray(old)) return [...(old as unknown[]), value];
  if (typeof old !== "object" || old === null) return value;
  const members = toText(old).slice(1, -1);
  return raw(`{${members}${members === "" ? "" : ","}${JSON.stringify(name)}:${toText(value)}}`);
}

/** A valid body with one or two things wrong with it, as text. */
export const mutated = (seed: object): fc.Arbitrary<string> => {
  const mutation = fc.tuple(fc.constantFrom(...placesIn(seed)), change);
  return fc
    .array(mutation, { minLength: 1, maxLength: 2 })
    .map((all) => all.reduce<unknown>((body, [place, to]) => put(body, place, to), seed))
    .map((body) => toText(body ?? null));
};

/** The bytes of a text with some of them cut, doubled or changed. */
export const damaged = (text: string): fc.Arbitrary<Uint8Array> => {
  const bytes = Buffer.from(text);
  return fc
    .tuple(
      fc.nat(bytes.length),
      fc.nat(8),
      fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc
          .constantFrom([0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x00])
          .map((each) => Uint8Array.from(each)),
      ),
    )
    .map(
      ([at, cut, between]) =>
        new Uint8Array(Buffer.concat([bytes.subarray(0, at), between, bytes.subarray(at + cut)])),
    );
};
