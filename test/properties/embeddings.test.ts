import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toBatches } from "../../src/embeddings/batches.ts";
import { encode, FORMATS } from "../../src/embeddings/encode.ts";
import type { Input } from "../../src/embeddings/family.ts";
import { type Digits, liftVectors } from "../../src/embeddings/lift-vectors.ts";
import type { Reply } from "../../src/testing/index.ts";
import { floatsIn, embed, TITAN, COHERE_4, FAMILIES } from "../contract/embeddings-asked.ts";
import { type House, openHouse } from "../support/bedrock.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Bytes in pieces of these sizes, over and over; some may be empty. */
function cutUp(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const sizes = fc
  .array(fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(40)), { maxLength: 5 })
  .map((drawn) => [...drawn, 1 + drawn.length]);

/** A value with the lists of numbers back in their places. */
function restored(value: unknown, vectors: readonly Digits[]): unknown {
  if (typeof value === "number") return JSON.parse(Buffer.concat(vectors[value]!).toString());
  if (Array.isArray(value)) return value.map((each) => restored(each, vectors));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, restored(each, vectors)]));
}

/** JSON in which every number stands in a list of numbers, as vectors do: other numbers would be taken for their places. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 5 }),
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("[1,2]", '"[3]', "\\", '\\"', "],[", "")),
    fc.constantFrom(null, true, false),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("json"), { maxKeys: 4 }),
  ),
}));

describe("lists of numbers that are lifted out of JSON", () => {
  it("can be put back, whatever stands around them and wherever they are cut", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, "\n\t "), sizes, (value, indent, sizes) => {
        const text = JSON.stringify(value, undefined, indent);
        const { value: rest, vectors } = liftVectors(cutUp(encoder.encode(text), sizes));
        expect(restored(rest, vectors)).toEqual(JSON.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("change nothing of what is no JSON", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          json.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        fc.nat(),
        sizes,
        (text, cut, sizes) => {
          const broken = text.slice(0, cut % (text.length + 1));
          const parses = (parse: () => unknown): boolean => {
            try {
              parse();
              return true;
            } catch (error) {
              expect(error).toBeInstanceOf(SyntaxError);
              return false;
            }
          };
          expect(parses(() => liftVectors(cutUp(encoder.encode(broken), sizes)))).toBe(
            parses(() => JSON.parse(decoder.decode(encoder.encode(broken)))),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });

describe("base64 and floats", () => {
  it("are the same numbers", () => {
    const vectors = fc.array(
      fc.array(fc.oneof(float32, fc.double({ noNaN: true, min: -1, max: 1 })), { minLength: 1 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(vectors, fc.string(), fc.nat(), sizes, (numbers, model, tokens, sizes) => {
        const read = (format: "float" | "base64") => {
          const vectors = numbers.map((each) =>
            FORMATS[format].read(cutUp(encoder.encode(JSON.stringify(each)), sizes)),
          );
          const written = Buffer.concat(encode({ vectors, model, tokens }, format));
          return JSON.parse(written.toString()) as {
            data: { index: number; embedding: number[] & string }[];
          };
        };
        const floats = read("float");
        const base64 = read("base64");
        expect(floats).toMatchObject({ model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
        expect(base64.data.map(({ index }) => index)).toEqual(numbers.map((_, index) => index));
        for (const [index, { embedding }] of floats.data.entries())
          // JSON has one zero.
          expect(floatsIn(base64.data[index]!.embedding).map((each) => each + 0)).toEqual(
            embedding.map((each) => Math.fround(each) + 0),
          );
      }),
    );
  });
});

describe("batches", () => {
  const input = fc.record({ alone: fc.boolean(), size: fc.nat(9_000_000), id: fc.nat() });

  it("of whatever size hold every input once, in order, and none more than it may", () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (given, batch) => {
        const inputs = given.map(({ id, alone }, index): Input => ({
          pieces: [{ image: { format: "png", source: { bytes: `${index} ${id}` } } }],
          at: alone ? "alone" : "shared",
        }));
        const sizeOf = (bytes: string): number => given[Number.parseInt(bytes, 10)]!.size;
        const batches = toBatches(inputs, { batch, alone: ({ at }) => at === "alone" }, sizeOf);
        expect(batches.flat()).toEqual(inputs);
        for (const each of batches) {
          expect(each.length).toBeGreaterThan(0);
          expect(each.length).toBeLessThanOrEqual(batch);
          if (each.length > 1) expect(each.some(({ at }) => at === "alone")).toBe(false);
          const weight = each.reduce((sum, { pieces }) => sum + sizeOf(pieces[0]!.image!.source.bytes!), 0);
          if (each.length > 1) expect(weight).toBeLessThanOrEqual(12_000_000);
        }
      }),
    );
  });
});

describe("answers to many calls", () => {
  const delays = fc.array(fc.nat(12), { minLength: 1, maxLength: 24 });

  it("are in the order of the inputs however long each of them takes, and their usage adds up", async () => {
    await fc.assert(
      fc.asyncProperty(delays, async (each) => {
        house.bedrock.reset();
        const input = each.map((_, index) => `text number ${index}`);
        house.bedrock.enqueue(...each.map((headersDelayMs): Reply => ({ headersDelayMs })));
        const slow = await embed(house, { model: TITAN, input, dimensions: 256 });
        const quick = await embed(house, { model: TITAN, input, dimensions: 256 });
        expect(slow.data).toEqual(quick.data);
        expect(slow.usage).toEqual(quick.usage);
        const alone = await Promise.all(
          input.map((text) => embed(house, { model: TITAN, input: text, dimensions: 256 })),
        );
        expect(slow.data.map(({ embedding }) => embedding)).toEqual(
          alone.map(({ data }) => data[0]!.embedding),
        );
        expect(slow.usage.prompt_tokens).toBe(alone.reduce((sum, { usage }) => sum + usage.prompt_tokens, 0));
      }),
      { numRuns: 15 },
    );
  });

  const words = fc.constantFrom("red", "blue", "tree", "house", "water", "42", "日本", "\n");
  const texts = fc.array(
    fc.array(words, { minLength: 1, maxLength: 4 }).map((each) => each.join(" ")),
    { minLength: 1, maxLength: 5 },
  );

  it("are the same wherever the inputs are cut in two, for every family", async () => {
    const models = fc.constantFrom(...FAMILIES.map(([model]) => model));
    await fc.assert(
      fc.asyncProperty(models, texts, fc.nat(), async (model, input, cut) => {
        const at = cut % (input.length + 1);
        const ask = async (some: string[]) =>
          some.length === 0
            ? { data: [], usage: { prompt_tokens: 0 } }
            : embed(house, { model, input: some });
        const whole = await ask(input);
        const [one, other] = await Promise.all([ask(input.slice(0, at)), ask(input.slice(at))]);
        const numbers = ({ data }: { data: { embedding: number[] }[] }) =>
          data.map(({ embedding }) => embedding);
        expect(numbers(whole)).toEqual([...numbers(one), ...numbers(other)]);
        expect(whole.usage.prompt_tokens).toBe(one.usage.prompt_tokens + other.usage.prompt_tokens);
      }),
      { numRuns: 60 },
    );
  });

  it("fail as a whole where one of them fails", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(19), fc.constantFrom(TITAN, COHERE_4), async (at, model) => {
        // A call that was left may still arrive, and would use up what was meant for the next run.
        const own = await openHouse();
        const count = model === TITAN ? 20 : 3;
        const error = { name: "ThrottlingException", message: "slow down" };
        own.bedrock.enqueue(
          ...Array.from({ length: count }, (_, index): Reply => (index === at % count ? { error } : {})),
        );
        const input = Array.from({ length: model === TITAN ? 20 : 200 }, (_, index) => `text ${index}`);
        const told = await embed(own, { model, input });
        await own.bedrock.close();
        expect(told).toMatchObject({ status: 429, error: { code: "rate_limit_exceeded" } });
        expect(told.data).toBeUndefined();
      }),
      { numRuns: 15 },
    );
  });
});
