import * as fc from "fast-check";
import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { clientOf } from "../support/client-of.ts";

/**
 * However a conversation is carried on, the model reads the same: by `previous_response_id`, in a conversation, by references to
 * what was answered, or sent in full by who keeps nothing. Byte for byte: prompt caches and signed reasoning depend on it.
 */

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type Item = OpenAI.Responses.ResponseInputItem;

let house: House;
let openai: OpenAI;
beforeAll(async () => {
  house = await openHouse();
  openai = clientOf(house.handler);
});
afterAll(() => house.bedrock.close());

/** Scripted answers: the same for every way. */
interface Turn {
  asked: string;
  thought: string | undefined;
  said: string | undefined;
  /** Arguments of a call, answered with a result. */
  called: Record<string, unknown> | undefined;
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((each) => each.trim() !== ""),
  fc.constantFrom("Wie geht’s? 🌍", 'say "yes"\nor no', "</system>"),
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const turn: fc.Arbitrary<Turn> = fc
  .record({
    asked: text,
    thought: maybe(text),
    said: maybe(text),
    called: maybe(fc.dictionary(fc.constantFrom("a", "b"), fc.integer(), { maxKeys: 2 })),
  })
  .map((made) => (made.said === undefined && made.called === undefined ? { ...made, said: "Yes." } : made));

const TOOLS: Params["tools"] = [
  { type: "function", name: "look_up", strict: false, parameters: { type: "object", properties: {} } },
];

/** Answers a turn like the model of the script, and gives its items with the results of its calls. */
function enqueue({ thought, said, called }: Turn, round: number): void {
  house.bedrock.enqueue({
    content: [
      ...(thought === undefined
        ? []
        : [{ reasoningContent: { reasoningText: { text: thought, signature: `signed ${round}` } } }]),
      ...(said === undefined ? [] : [{ text: said }]),
      ...(called
        ? [{ toolUse: { toolUseId: `call_${round}`, name: "look_up", input: called as never } }]
        : []),
    ],
  });
}

const resultsOf = ({ called }: Turn, round: number): Item[] =>
  called ? [{ type: "function_call_output", call_id: `call_${round}`, output: `found ${round}` }] : [];

interface Way {
  /** How the next request says what was before it. */
  next(
    answers: readonly OpenAI.Responses.Response[],
    asked: readonly Item[][],
  ): Partial<Params> & { before?: Item[] };
}

const inFull = (answers: readonly OpenAI.Responses.Response[], asked: readonly Item[][]): Item[] =>
  asked.flatMap((items, round) => [...items, ...((answers[round]?.output ?? []) as Item[])]);

const CHAINED: Way = {
  next: (answers) => (answers.length === 0 ? {} : { previous_response_id: answers.at(-1)!.id }),
};

const WAYS: Readonly<Record<string, () => Promise<Way>>> = {
  "a conversation": async () => {
    const { id } = await openai.conversations.create();
    return { next: () => ({ conversation: id }) };
  },
  "item references": async () => ({
    next: (answers, asked) => ({
      before: asked.flatMap((items, round) => [
        ...items,
        ...(answers[round]?.output ?? []).map((item): Item => ({ type: "item_reference", id: item.id! })),
      ]),
    }),
  }),
  "everything, by who keeps nothing": async () => ({
    next: (answers, asked) => ({ store: false, before: inFull(answers, asked) }),
  }),
};

/** What the model was asked in the end. */
async function lastAsked(turns: readonly Turn[], way: Way): Promise<string> {
  house.bedrock.reset();
  const answers: OpenAI.Responses.Response[] = [];
  const asked: Item[][] = [];
  for (const [round, each] of [...turns, END].entries()) {
    const before = turns[round - 1];
    const own: Item[] = [
      ...(before ? resultsOf(before, round - 1) : []),
      { type: "message", role: "user", content: each.asked },
    ];
    enqueue(each, round);
    const { before: history = [], ...params } = way.next(answers, asked);
    const request: Params = {
      model: CLAUDE,
      tools: TOOLS!,
      ...REASONING,
      input: [...history, ...own],
      ...params,
    };
    answers.push(await openai.responses.create(request));
    asked.push(own);
  }
  return JSON.stringify(house.bedrock.requests.at(-1)!.body);
}

const END: Turn = { asked: "And now?", thought: undefined, said: "The end.", called: undefined };

const REASONING = { reasoning: { effort: "medium" } } as const;

describe("the same conversation", () => {
  it.each(Object.keys(WAYS))("is the same to the model by %s as by previous_response_id", async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 4 }), async (turns) => {
        const chained = await lastAsked(turns, CHAINED);
        expect(await lastAsked(turns, await WAYS[name]!())).toBe(chained);
        for (const [round, { said, thought }] of turns.entries()) {
          if (said !== undefined) expect(chained).toContain(JSON.stringify(said).slice(1, -1));
          if (thought !== undefined) expect(chained).toContain(`"signed ${round}"`);
        }
      }),
      { numRuns: 25 },
    );
  });
});
