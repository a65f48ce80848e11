import OpenAI7 from "openai";
import { zodFunction as zodFunction7, zodResponseFormat as zodResponseFormat7 } from "openai/helpers/zod";
import OpenAI6 from "openai6";
import { zodFunction as zodFunction6, zodResponseFormat as zodResponseFormat6 } from "openai6/helpers/zod";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, openHouse } from "../support/bedrock.ts";
import { DOORS, type Door } from "../support/doors.ts";
import { schemaCheckedFetch } from "../support/openai-schema.ts";

const CLIENTS = [
  { version: "openai 7", OpenAI: OpenAI7, zodFunction: zodFunction7, zodResponseFormat: zodResponseFormat7 },
  {
    version: "openai 6",
    // One test for both: where the two differ in types, 7 speaks for them.
    OpenAI: OpenAI6 as unknown as typeof OpenAI7,
    zodFunction: zodFunction6 as unknown as typeof zodFunction7,
    zodResponseFormat: zodResponseFormat6 as unknown as typeof zodResponseFormat7,
  },
];

const weather = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

for (const [name, open] of Object.entries(DOORS)) {
  for (const { version, OpenAI, zodFunction, zodResponseFormat } of CLIENTS) {
    describe(`${version} through ${name}`, () => {
      let door: Door;
      let checked: ReturnType<typeof schemaCheckedFetch>;
      let client: OpenAI7;
      beforeAll(async () => {
        door = await open(house.handler);
        checked = schemaCheckedFetch(door.fetch);
        client = new OpenAI({ apiKey: "any", baseURL: door.baseURL, fetch: checked.fetch, maxRetries: 0 });
      });
      afterEach(async () => {
        expect(await checked.settled()).toBeGreaterThan(0);
        expect(house.logged).toEqual([]);
        house.bedrock.reset();
      });
      afterAll(() => door.close());

      it("creates a completion", async () => {
        const completion = await client.chat.completions.create({
          model: CLAUDE,
          messages: [
            { role: "developer", content: "Be brief." },
            { role: "user", content: "Grüße, 世界 👋" },
          ],
        });
        expect(completion.choices[0]!.message.content).toContain("Grüße, 世界 👋");
        expect(completion.choices[0]!.finish_reason).toBe("stop");
        expect(completion.usage!.total_tokens).toBeGreaterThan(0);
        expect(completion._request_id).toMatch(/^req_/);
      });

      it("streams chunks that fold to the same text", async () => {
        const messages = [{ role: "user" as const, content: "One two three four five" }];
        const stream = await client.chat.completions.create({
          model: CLAUDE,
          messages,
          stream: true,
          stream_options: { include_usage: true },
        });
        let text = "";
        let usage: OpenAI7.CompletionUsage | null | undefined;
        const finishes: string[] = [];
        for await (const chunk of stream) {
          text += chunk.choices[0]?.delta.content ?? "";
          if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
          usage = chunk.usage;
        }
        const whole = await client.chat.completions.create({ model: CLAUDE, messages });
        expect(text).toBe(whole.choices[0]!.message.content);
        expect(finishes).toEqual(["stop"]);
        expect(usage).toEqual(whole.usage);
      });

      it("drives the .stream() helper to a final message with tool calls", async () => {
        const runner = client.chat.completions.stream({
          model: LLAMA,
          messages: [{ role: "user", content: 'get_weather for "Oslo" please' }],
          tools: [weather],
        });
        const deltas: string[] = [];
        runner.on(
          "tool_calls.function.arguments.delta",
          ({ arguments_delta }) => void deltas.push(arguments_delta),
        );
        const final = await runner.finalChatCompletion();
        const call = final.choices[0]!.message.tool_calls![0]!;
        expect(final.choices[0]!.finish_reason).toBe("tool_calls");
        expect(call.type === "function" && JSON.parse(call.function.arguments)).toEqual({ city: "Oslo" });
        expect(deltas.join("")).toBe(call.type === "function" ? call.function.arguments : "");
      });

      it.each([false, true])("runs tools in a loop to the final answer (stream: %s)", async (stream) => {
        const asked: unknown[] = [];
        const request = {
          model: CLAUDE,
          messages: [{ role: "user" as const, content: 'get_weather for "Oslo" please' }],
          tools: [
            zodFunction({
              name: "get_weather",
              description: "The weather of a city",
              parameters: z.object({ city: z.string() }),
              function: (args: { city: string }) => {
                asked.push(args);
                return `${args.city}: 3 degrees`;
              },
            }),
          ],
        };
        const runner = stream
          ? client.chat.completions.runTools({ ...request, stream: true })
          : client.chat.completions.runTools(request);
        expect(await runner.finalContent()).toContain("Oslo: 3 degrees");
        expect(asked).toEqual([{ city: "Oslo" }]);
      });

      it.each([CLAUDE, LLAMA])("parses structured output with zod (%s)", async (model) => {
        const Event = z.object({ name: z.string(), people: z.array(z.string()), year: z.number() });
        const completion = await client.chat.completions.parse({
          model,
          messages: [{ role: "user", content: "Extract the event" }],
          response_format: zodResponseFormat(Event, "event"),
        });
        const { message, finish_reason } = completion.choices[0]!;
        expect(Event.parse(message.parsed)).toEqual(message.parsed);
        expect(finish_reason).toBe("stop");
        expect(message.tool_calls ?? []).toEqual([]);
      });

      it("raises the client's own typed errors", async () => {
        const failing = client.chat.completions.create({
          model: "no.such-model",
          messages: [{ role: "user", content: "x" }],
        });
        await expect(failing).rejects.toBeInstanceOf(OpenAI.NotFoundError);
        await expect(failing).rejects.toMatchObject({ status: 404, code: "model_not_found", param: "model" });
      });
    });
  }
}
