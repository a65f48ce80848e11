import fc from "fast-check";
import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { describe, expect, it } from "vitest";
import type { ClientClass } from "../../integrations/openai/reading-text.ts";
import { heardBothWays } from "../support/text-streams.ts";

const CLASSES: Record<string, ClientClass> = {
  "openai 7": OpenAI7,
  "openai 6": OpenAI6 as unknown as ClientClass,
};

const json = fc
  .oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.record({
      choices: fc.array(fc.record({ delta: fc.record({ content: fc.string({ unit: "grapheme" }) }) })),
    }),
    fc.record({ error: fc.oneof(fc.constant(null), fc.record({ message: fc.string(), code: fc.string() })) }),
  )
  .map((value) => JSON.stringify(value));
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constant("response.output_text.delta") },
  fc.constantFrom("error", "thread.run.created", "ping"),
);
const event = fc.oneof(
  { weight: 8, arbitrary: json.map((data) => `data: ${data}\n\n`) },
  { weight: 4, arbitrary: fc.tuple(name, json).map(([said, data]) => `event: ${said}\ndata: ${data}\n\n`) },
  fc.constantFrom(
    ": keep-alive\n\n",
    ": said before\ndata: {}\n\n",
    ": one\n: two\n\n",
    "data: [DONE]\n\n",
    "data: no JSON\n\n",
    "data:{}\n\n",
    "data: {\ndata: }\n\n",
    "id: 1\ndata: {}\n\n",
    "event: alone\n\n",
    "data: {}\nevent: late\n\n",
    "data: {}\r\n\r\n",
  ),
);
/** Events come whole, however many at once. */
const pieces = fc.array(
  fc.array(event, { minLength: 1, maxLength: 4 }).map((events) => events.join("")),
  {
    maxLength: 5,
  },
);

describe.each(Object.entries(CLASSES))("a stream of %s", (_, OpenAI) => {
  it("says what the client itself would have read, and ends or fails as there", async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (said) => {
        const [itself, ours] = await heardBothWays(OpenAI, said);
        expect(ours).toEqual(itself);
      }),
    );
  });
});
