import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { CASES, type Requests } from "../support/request-samples.ts";

/** The requests' schemas with our own words for them, and the same files with zod itself in their place. */
let ours: Requests;
let zods: Requests;

const load = async (): Promise<Requests> => (await import("../support/request-schemas.ts")).requests;

beforeAll(async () => {
  ours = await load();
  vi.resetModules();
  vi.doMock("../../src/schema/z.ts", () => import("zod"));
  zods = await load();
  vi.doUnmock("../../src/schema/z.ts");
});

/** What stands where something else should. */
const ODD = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 1.5, 1e9, 2 ** 53, -(2 ** 53) - 2, "", " ", "x"),
  fc.constantFrom<unknown>(
    "a".repeat(3000),
    "text",
    "function",
    "user",
    "auto",
    "json_schema",
    "/a",
    "DRAFT",
  ),
  fc.constantFrom<unknown>(
    [],
    [null],
    [[]],
    ["x"],
    [1, 2],
    [{}],
    {},
    { type: "text" },
    { type: 1 },
    { x: 1 },
  ),
  fc.constantFrom<unknown>({ type: "custom" }, { role: "user" }, { type: "text", text: "x" }, { text: "" }),
  fc.constantFrom<unknown>(Number.NaN, Number.POSITIVE_INFINITY, JSON.parse('{"__proto__": {"x": 1}}')),
);

type Change = { at: number; to: unknown; gone: boolean };

const CHANGES = fc.array(fc.record({ at: fc.nat(10_000), to: ODD, gone: fc.boolean() }), { maxLength: 3 });

/** The same with some of what is in it gone, or another. */
function changed(given: unknown, changes: readonly Change[]): unknown {
  const value = structuredClone(given);
  for (const { at, to, gone } of changes) {
    const places = placesIn(value);
    const place = places[at % places.length];
    if (!place) continue;
    const [holder, name] = place;
    if (gone && !Array.isArray(holder)) delete holder[name];
    else holder[name] = structuredClone(to);
  }
  return value;
}

function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [
    [holder, name] as [typeof holder, string],
    ...placesIn(holder[name]),
  ]);
}

const judged = ({ schema, complain }: Requests[keyof Requests], value: unknown) => {
  const { data, error } = schema.safeParse(value);
  return error ? { complaint: complain(error, value) } : { data };
};

describe.each(Object.entries(CASES))("a request for %s", (name, samples) => {
  const kind = name as keyof Requests;

  it("that is well-formed is taken, as zod takes it", () => {
    for (const sample of samples) {
      expect(ours[kind].schema.safeParse(sample).error?.issues).toBeUndefined();
      expect(judged(ours[kind], sample)).toEqual(judged(zods[kind], sample));
    }
  });

  it("is taken or refused by us as by zod, in the same words", () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), CHANGES, (sample, changes) => {
        const value = changed(sample, changes);
        const before = structuredClone(value);
        expect(judged(ours[kind], value)).toEqual(judged(zods[kind], value));
        expect(value).toEqual(before);
      }),
      { numRuns: 1500 },
    );
  });
});

it("what is judged twice is another schema's run each time: nothing is remembered", () => {
  const wrong = { model: "m", messages: [{ role: "user" }] };
  expect(judged(ours.chat, wrong)).toEqual(judged(ours.chat, wrong));
});
