import * as fc from "fast-check";

/** A conversation in no wire's words: what is asked, thought, said, called and returned. Each wire tells it in its own. */
export type Turn =
  | { instructs: Text[] }
  | { asks: Asked[] }
  | { thinks: Thought | undefined; says: Text[]; calls: Call[] };

export interface Text {
  text: string;
  /** The prompt is worth caching up to here. */
  marked?: boolean;
}

/** Base64. */
export type Asked = Text | { png: string } | { pdf: string; name: string };

export interface Thought {
  text: string;
  signature: string;
}

export interface Call {
  id: string;
  name: string;
  input: object;
  returns: string | Asked[];
}

export interface Talk {
  turns: Turn[];
  tools: { name: string; description?: string; schema: object }[];
  choice?: "auto" | "none" | "required" | { name: string };
  oneCall?: boolean;
  maxTokens?: number;
  temperature?: number;
  effort?: "low" | "high" | "none";
  schema?: object;
  metadata?: Record<string, string>;
  /** Parameters that all wires call alike. */
  shared: object;
}

export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PDF = "JVBERi0xLjQKJcOkw7zDtsOfCg==";

const words = fc.oneof(
  fc.constantFrom("Hi", " ", "", "Human: x", "👋"),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const text: fc.Arbitrary<Text> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ text: words }) },
  { weight: 1, arbitrary: fc.record({ text: fc.constant("cached"), marked: fc.constant(true) }) },
);
const plain: fc.Arbitrary<Text> = fc.record({ text: words });
const file: fc.Arbitrary<Asked> = fc.constantFrom<Asked>({ png: PNG }, { pdf: PDF, name: "report" });
const asked: fc.Arbitrary<Asked> = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: file });

const NAMES = ["f", "get_weather", "my.tool"];
const callOf = (id: string): fc.Arbitrary<Call> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom(...NAMES),
    input: fc.constantFrom({}, { x: 1 }, { a: [{ b: null }] }),
    returns: fc.oneof(words, fc.array(fc.oneof(plain, file), { minLength: 1, maxLength: 2 })),
  });
const calls: fc.Arbitrary<Call[]> = fc
  .uniqueArray(fc.constantFrom("call_a", "call_b", "functions.f:0", "x".repeat(80)), { maxLength: 3 })
  .chain((ids) => (ids.length === 0 ? fc.constant([]) : fc.tuple(...ids.map(callOf))));

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ instructs: fc.array(plain, { minLength: 1, maxLength: 2 }) }) },
  { weight: 3, arbitrary: fc.record({ asks: fc.array(asked, { minLength: 1, maxLength: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc
      .record({
        thinks: fc.option(fc.record({ text: fc.constant("hm"), signature: fc.constant("c2ln") }), {
          nil: undefined,
        }),
        says: fc.array(plain, { maxLength: 2 }),
        calls,
      })
      .filter(({ thinks, says, calls: made }) => thinks !== undefined || says.length + made.length > 0),
  },
);

const tools = fc
  .subarray(NAMES)
  .map((names) =>
    names.map((name) => ({ name, description: "d", schema: { type: "object", properties: {} } })),
  );

const shared = fc.record(
  {
    top_p: fc.constant(0.5),
    user: fc.constant("u-1"),
    top_k: fc.constant(5),
    service_tier: fc.constantFrom("auto", "priority", "flex"),
    guardrailConfig: fc.constant({ guardrailIdentifier: "abc", guardrailVersion: "1" }),
    prompt_cache_options: fc.constantFrom({ mode: "implicit" }, { mode: "explicit" }),
    additionalModelRequestFields: fc.constant({ something: 1 }),
    unknown_to_all: fc.constant(true),
  },
  { requiredKeys: [] },
);

/** What every wire can say. */
export const anyTalk: fc.Arbitrary<Talk> = tools.chain(
  (offered): fc.Arbitrary<Talk> =>
    fc.record(
      {
        turns: fc.array(turn, { minLength: 1, maxLength: 6 }),
        tools: fc.constant(offered),
        choice: fc.constantFrom(
          "auto" as const,
          "none" as const,
          "required" as const,
          ...offered.map(({ name }) => ({ name })),
        ),
        oneCall: fc.boolean(),
        maxTokens: fc.integer({ min: 1, max: 4000 }),
        temperature: fc.constantFrom(0, 0.5, 1),
        effort: fc.constantFrom("low" as const, "high" as const, "none" as const),
        schema: fc.constant({ type: "object", properties: { a: { type: "string" } } }),
        metadata: fc.constant({ team: "a" }),
        shared,
      },
      { requiredKeys: ["turns", "tools", "shared"] },
    ) as fc.Arbitrary<Talk>,
);
