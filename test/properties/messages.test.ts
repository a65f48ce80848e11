import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CLAUDE,
  GPT,
  type House,
  LLAMA,
  MISTRAL,
  NEW_CLAUDE,
  NOVA,
  openHouse,
  PIXTRAL,
} from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const text = fc.oneof(
  fc.constantFrom("", " ", "\n", "Hi", "…", "Human: x", "👋"),
  fc.string({ maxLength: 20 }),
);
const id = fc.oneof(
  fc.constantFrom("a", "b", "call_0", "functions.f:0", "x".repeat(80)),
  fc.string({ minLength: 1, maxLength: 70 }),
);
const name = fc.oneof(
  fc.constantFrom("f", "my.tool", "get weather", "é"),
  fc.string({ minLength: 1, maxLength: 80 }),
);
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const textPart = text.map((value) => ({ type: "text", text: value }));
const imagePart = fc.constant({ type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } });
const toolCall = fc.record({
  id,
  type: fc.constant("function"),
  function: fc.record({
    name,
    arguments: fc.oneof(fc.constantFrom("", "{}", '{"":1}', "[1]", "{oops"), fc.json()),
  }),
});

const system = fc.record({
  role: fc.constantFrom("system", "developer"),
  content: fc.oneof(text, fc.array(textPart, { maxLength: 2 })),
});
const user = fc.record({
  role: fc.constant("user"),
  content: fc.oneof(text, fc.array(fc.oneof(textPart, imagePart), { maxLength: 3 })),
});
const assistant = fc.record({
  role: fc.constant("assistant"),
  content: fc.oneof(text, fc.constant(null), fc.array(textPart, { maxLength: 2 })),
});
const toolMessage = (tool_call_id: string) =>
  fc.record({
    role: fc.constant("tool"),
    tool_call_id: fc.constant(tool_call_id),
    content: fc.oneof(text, fc.constant(null), fc.array(textPart, { maxLength: 2 })),
  });

/** An assistant turn that calls tools, and the results as clients send them, in whatever order, now and then twice. */
const toolRound = fc.array(toolCall, { minLength: 1, maxLength: 3 }).chain((calls) => {
  const ids = [...new Set(calls.map((call) => call.id))];
  const results = fc
    .shuffledSubarray([...ids, ids[0]!], { minLength: ids.length + 1 })
    .chain((order) => fc.tuple(...order.map(toolMessage)));
  return fc
    .tuple(
      fc.record({
        role: fc.constant("assistant"),
        content: fc.oneof(text, fc.constant(null)),
        tool_calls: fc.constant(calls),
      }),
      results,
    )
    .map(([message, answers]): object[] => [message, ...answers]);
});

const sound = fc
  .array(fc.oneof(fc.array(fc.oneof(system, user, assistant), { maxLength: 3 }), toolRound), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => (parts as object[][]).flat())
  .filter((messages) => messages.length > 0);

const anyOrder = fc.array(
  fc.oneof(
    system,
    user,
    assistant,
    toolCall.map((call) => ({ role: "assistant", content: null, tool_calls: [call] })),
    id.chain(toolMessage),
  ),
  {
    minLength: 1,
    maxLength: 6,
  },
);

const rest = fc.record(
  {
    tools: fc.array(
      fc.record({ type: fc.constant("function"), function: fc.record({ name, description: text }) }),
      { maxLength: 3 },
    ),
    tool_choice: fc.constantFrom("auto", "none", "required"),
    parallel_tool_calls: fc.boolean(),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    top_p: fc.double({ min: 0, max: 1, noNaN: true }),
    stop: fc.oneof(text, fc.array(text, { maxLength: 4 })),
    stream: fc.boolean(),
    response_format: fc.constantFrom({ type: "text" }, { type: "json_object" }),
  },
  { requiredKeys: [] },
);

async function send(model: string, body: object): Promise<{ status: number; text: string }> {
  const response = await house.handler(chatRequest({ model, ...body }));
  return { status: response.status, text: await response.text() };
}

describe.each([CLAUDE, NEW_CLAUDE, NOVA, LLAMA, MISTRAL, PIXTRAL, GPT])(
  "any messages the schema allows, to %s",
  (model) => {
    it("are accepted by Bedrock when calls and results belong together", async () => {
      await fc.assert(
        fc.asyncProperty(sound, rest, async (messages, parameters) => {
          const { status, text: body } = await send(model, { messages, ...parameters });
          // What may be wrong with them all the same: there is nothing in them, a picture for a blind model, or tools
          // for one that knows none.
          if (status !== 200)
            expect(body).toMatch(/every message is empty|does not accept images|'tools' is not supported/);
        }),
        { numRuns: 150 },
      );
    });

    it("are otherwise a 400 that names the message, before anything is sent", async () => {
      await fc.assert(
        fc.asyncProperty(anyOrder, async (messages) => {
          const sent = house.bedrock.requests.length;
          const { status, text: body } = await send(model, { messages });
          if (status === 200) return;
          expect(status).toBe(400);
          const { error } = JSON.parse(body) as { error: { param: string } };
          expect(error.param).toMatch(/^messages(\.\[\d+\]\.role|\[\d+\]\.content\[\d+\])?$/);
          expect(house.bedrock.requests).toHaveLength(sent);
        }),
        { numRuns: 150 },
      );
    });
  },
);

it("the same request makes the same AWS request, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(sound, rest, async (messages, parameters) => {
      const explain = async (): Promise<string> => {
        const request = chatRequest(
          { model: CLAUDE, messages, ...parameters },
          { headers: { "x-bedrock-explain": "1" } },
        );
        return (await house.handler(request)).text();
      };
      const first = await explain();
      if (!first.includes('"error"')) expect(await explain()).toBe(first);
    }),
    { numRuns: 100 },
  );
});
