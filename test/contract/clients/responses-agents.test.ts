import {
  Agent,
  type AgentInputItem,
  applyPatchTool,
  InputGuardrailTripwireTriggered,
  MemorySession,
  ModelBehaviorError,
  OpenAIConversationsSession,
  OpenAIProvider,
  OpenAIResponsesCompactionSession,
  run as runByDefault,
  Runner,
  type RunStreamEvent,
  type Session,
  setDefaultOpenAIClient,
  setTracingDisabled,
  shellTool,
  tool,
} from "@openai/agents";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import {
  callerLeft,
  drained,
  INVALID,
  PDF,
  PNG,
  REFUSED_NAME,
  SAYS,
  sent,
  SLOW,
  THROTTLED,
  toolNames,
  TWO_CALLS,
} from "../../support/clients.ts";
import {
  breakingOff,
  GPT,
  MODELS,
  operations,
  type Reach,
  REACHES,
  resultsSent,
} from "../../support/response-clients.ts";

setTracingDisabled(true);

type AnyAgent = Agent<unknown, "text">;
type Question = Parameters<Runner["run"]>[1];

interface Options {
  previousResponseId?: string;
  conversationId?: string;
  session?: Session;
}

interface Result {
  finalOutput?: unknown;
  newItems: { type: string }[];
  history: AgentInputItem[];
  lastResponseId: string | undefined;
  state: { usage: { requests: number; inputTokens: number; outputTokens: number; totalTokens: number } };
}

type Run = (runner: Runner, agent: AnyAgent, question: Question, options?: Options) => Promise<Result>;

/** A run, awaited or streamed to its end. */
const WAYS: [string, Run][] = [
  ["run()", (runner, agent, question, options) => runner.run(agent, question, { ...options, stream: false })],
  [
    "run({ stream: true })",
    async (runner, agent, question, options) => {
      const result = await runner.run(agent, question, { ...options, stream: true });
      await drained(result);
      await result.completed;
      return result;
    },
  ],
];

const asked: unknown[] = [];
beforeEach(() => void asked.splice(0));
const weather = (name = "get_weather") =>
  tool({
    name,
    description: "The weather of a city",
    parameters: z.object({ city: z.string() }),
    execute: ({ city }) => (asked.push(city), "3 degrees"),
  });
const time = tool({
  name: "get_time",
  description: "The hour",
  parameters: z.object({}),
  execute: (args) => (asked.push(args), "noon"),
});

const guide = (model = CLAUDE, fields: object = {}): AnyAgent =>
  new Agent({ name: "Guide", instructions: "Be brief.", model, tools: [weather(), time], ...fields });

const Event = z.object({ name: z.string(), year: z.number() });
const EVENT = { name: "Science Fair", year: 2026 };
const OSLO = 'get_weather for "Oslo" please';
const user = (content: string) => ({ role: "user" as const, content });

describe.each(Object.keys(REACHES))("@openai/agents with the Responses API %s", (reach) => {
  let house: House;
  let reached: Reach;
  let client: OpenAI;
  let runner: Runner;
  beforeEach(async () => {
    house = await openHouse();
    const models = { "gpt-of-ours": CLAUDE };
    reached = await REACHES[reach]!(house.withOptions({ models }));
    client = new OpenAI({ ...reached, maxRetries: 0 });
    const modelProvider = new OpenAIProvider({ openAIClient: client });
    runner = new Runner({ modelProvider, tracingDisabled: true });
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    await reached.settled();
  });

  const lastBody = (): string => JSON.stringify(house.bedrock.requests.at(-1)!.body);

  describe.each(MODELS)("%s", (model) => {
    describe.each(WAYS)("%s", (_, run) => {
      it("gives the words and what they cost", async () => {
        const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
        house.bedrock.enqueue({ content: [{ text: "one two three" }], usage });
        const { finalOutput, state } = await run(runner, guide(model), "Count");
        expect(finalOutput).toBe("one two three");
        expect(state.usage).toMatchObject({
          requests: 1,
          inputTokens: 10,
          outputTokens: 5,
          totalTokens: 15,
        });
        expect(lastBody()).toContain("Be brief.");
      });

      it("calls two tools at once, one without arguments, and goes on to the final answer", async () => {
        house.bedrock.enqueue(TWO_CALLS);
        const { finalOutput } = await run(runner, guide(model), "Oslo?");
        expect(finalOutput).toMatch(/get_weather returned: 3 degrees\nget_time returned: noon/);
        expect(asked).toEqual(["Oslo", {}]);
        expect(resultsSent(house)).toEqual(["3 degrees", "noon"]);
      });

      it("keeps a conversation of several turns going by its own history", async () => {
        const first = await run(runner, guide(model), OSLO);
        const second = await run(runner, guide(model), [
          ...first.history,
          user('And get_weather for "Rome"?'),
        ]);
        expect(second.finalOutput).toContain("3 degrees");
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
      });

      it("keeps it going by the id of the response before", async () => {
        const first = await run(runner, guide(model), OSLO);
        const options = { previousResponseId: first.lastResponseId! };
        await run(runner, guide(model), 'And get_weather for "Rome"?', options);
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
      });

      it("keeps it going in a conversation", async () => {
        const { id: conversationId } = await client.conversations.create();
        for (const city of ["Oslo", "Rome"])
          await run(runner, guide(model), `get_weather for "${city}"`, { conversationId });
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
        expect(await drained(client.conversations.items.list(conversationId))).not.toHaveLength(0);
      });

      it("keeps it going by a session of conversations", async () => {
        const session = new OpenAIConversationsSession({ client });
        for (const city of ["Oslo", "Rome"])
          await run(runner, guide(model), `get_weather for "${city}"`, { session });
        expect(asked).toEqual(["Oslo", "Rome"]);
        expect(resultsSent(house)).toEqual(["3 degrees", "3 degrees"]);
        const items = await session.getItems();
        expect(items.filter(({ type }) => type === "function_call_result")).toHaveLength(2);
        expect(await session.popItem()).toMatchObject({ role: "assistant" });
        expect(await session.getItems()).toHaveLength(items.length - 1);
        await session.clearSession();
      });

      it("thinks while its tools run, and in the turns after", async () => {
        const modelSettings = { reasoning: { effort: "low", summary: "auto" } };
        const agent = guide(model, { tools: [weather()], modelSettings });
        const first = await run(runner, agent, OSLO);
        expect(first.finalOutput).toContain("3 degrees");
        expect(first.newItems[0]!.type === "reasoning_item").toBe(model !== NOVA);
        await run(runner, agent, [...first.history, user("Thanks.")]);
        if (model === CLAUDE) {
          const [thought] = sent(house).messages[1]!.content;
          expect(thought!.reasoningContent!.reasoningText!.signature).toBeTruthy();
        }
      });

      it("ends with the output type that was asked for, after its tools", async () => {
        const final = { content: [{ toolUse: { toolUseId: "tooluse_c", name: "output", input: EVENT } }] };
        house.bedrock.enqueue(TWO_CALLS, model === NOVA ? final : SAYS(EVENT));
        const { finalOutput } = await run(runner, guide(model, { outputType: Event }), "Oslo?");
        expect(asked).toEqual(["Oslo", {}]);
        expect(finalOutput).toEqual(EVENT);
      });

      it("is the openai client's own error when Bedrock refuses", async () => {
        house.bedrock.enqueue(THROTTLED, INVALID);
        await expect(run(runner, guide(model), "x")).rejects.toBeInstanceOf(OpenAI.RateLimitError);
        await expect(run(runner, guide(model), "x")).rejects.toMatchObject({
          constructor: OpenAI.BadRequestError,
          message: expect.stringContaining("not amused") as unknown,
        });
      });
    });

    it("that breaks off is an error, not a short answer", async () => {
      house.bedrock.enqueue(breakingOff(model));
      const result = await runner.run(guide(model), "Hello", { stream: true });
      const failure = { code: "stream_interrupted" };
      await expect(drained(result)).rejects.toMatchObject(failure);
      await expect(result.completed).rejects.toMatchObject(failure);
    });

    it("that is aborted stops the model", async () => {
      house.bedrock.enqueue(SLOW);
      const controller = new AbortController();
      const { signal } = controller;
      const result = await runner.run(guide(model), "Hello", { stream: true, signal });
      const reading = (async () => {
        for await (const event of result) if (isDelta(event)) controller.abort();
      })();
      await callerLeft(house);
      await reading;
      expect(result.cancelled).toBe(true);
    });
  });

  describe.each(WAYS)("%s", (_, run) => {
    it("hands over from one model to another, which reads all that was said", async () => {
      const expert = new Agent({ name: "Weather expert", model: NOVA, tools: [weather()] });
      for (const model of [CLAUDE, GPT]) {
        const handoff = { toolUseId: "tooluse_1", name: "transfer_to_Weather_expert", input: {} };
        const call = { toolUseId: "tooluse_2", name: "get_weather", input: { city: "Oslo" } };
        house.bedrock.enqueue(
          { content: [{ text: "One moment." }, { toolUse: handoff }] },
          { content: [{ toolUse: call }] },
        );
        const greeter = guide(model, { tools: [], handoffs: [expert] });
        const { finalOutput } = await run(runner, greeter, OSLO);
        expect(finalOutput).toContain("get_weather returned: 3 degrees");
        expect(lastBody()).toContain("One moment.");
      }
    });

    it("makes a long session short, and goes on with what is left", async () => {
      const session = new OpenAIResponsesCompactionSession({
        client,
        model: "gpt-of-ours",
        underlyingSession: new MemorySession(),
        shouldTriggerCompaction: () => false,
      });
      await run(runner, guide(), OSLO, { session });
      for (const compactionMode of ["previous_response_id", "input"] as const) {
        house.bedrock.enqueue({ content: [{ text: "It is cold in Oslo." }] });
        expect(await session.runCompaction({ force: true, compactionMode })).not.toBeNull();
        const items = await session.getItems();
        expect(items.at(-1)).toMatchObject({ type: "compaction" });
        house.bedrock.enqueue({ content: [{ text: "Indeed." }] });
        const { finalOutput } = await run(runner, guide(), "Is it cold?", { session });
        expect(finalOutput).toBe("Indeed.");
        expect(lastBody()).toContain("It is cold in Oslo.");
        expect(lastBody()).not.toContain("3 degrees");
      }
    });

    it("runs shell commands and patches, which no Claude knows", async () => {
      const done: unknown[] = [];
      const outcome = { type: "exit" as const, exitCode: 0 };
      const shell = shellTool({
        shell: {
          run: async ({ commands }) => (
            done.push(commands),
            { output: [{ stdout: "README.md", stderr: "", outcome }] }
          ),
        },
      });
      const patched = async ({ path }: { path: string }) => (
        done.push(path),
        { status: "completed" as const, output: "patched" }
      );
      const patch = applyPatchTool({
        editor: { createFile: patched, updateFile: patched, deleteFile: patched },
      });
      house.bedrock.enqueue({
        content: [
          { toolUse: { toolUseId: "tooluse_1", name: "shell", input: { commands: ["ls"] } } },
          {
            toolUse: {
              toolUseId: "tooluse_2",
              name: "apply_patch",
              input: { type: "create_file", path: "a.txt", diff: "+a" },
            },
          },
        ],
      });
      const { finalOutput } = await run(runner, guide(CLAUDE, { tools: [shell, patch] }), "Look around");
      expect(done).toEqual([["ls"], "a.txt"]);
      expect(finalOutput).toContain("README.md");
      expect(finalOutput).toContain("patched");
    });

    it("runs a tool whose name is too long for Bedrock under that name", async () => {
      const tools = [weather(REFUSED_NAME.replaceAll(".", "_")), time];
      const { finalOutput } = await run(runner, guide(LLAMA, { tools }), 'The weather service for "Oslo"');
      expect(finalOutput).toContain("3 degrees");
      expect(asked).toEqual(["Oslo"]);
      expect(toolNames(house)[0]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    });

    it("is stopped by a guardrail of the caller's own", async () => {
      const guardrail = {
        name: "No weather",
        execute: async () => ({ outputInfo: {}, tripwireTriggered: true }),
        runInParallel: false,
      };
      const agent = guide(CLAUDE, { inputGuardrails: [guardrail] });
      await expect(run(runner, agent, OSLO)).rejects.toBeInstanceOf(InputGuardrailTripwireTriggered);
      expect(house.bedrock.requests).toEqual([]);
    });

    it("is an error, not an empty answer, when nothing fitted into the answer", async () => {
      house.bedrock.enqueue({ content: [], stopReason: "max_tokens" });
      await expect(run(runner, guide(), "x")).rejects.toBeInstanceOf(ModelBehaviorError);
    });

    it("shows the model an image and a file", async () => {
      const content = [
        { type: "input_text" as const, text: "What are these?" },
        { type: "input_image" as const, image: `data:image/png;base64,${PNG}` },
        { type: "input_file" as const, file: `data:application/pdf;base64,${PDF}`, filename: "report.pdf" },
      ];
      const { finalOutput } = await run(runner, guide(), [{ role: "user", content }]);
      expect(finalOutput).toMatch(/I see a PNG image, 1×1.*\nI read the document "report.*" \(PDF, 15 bytes/);
    });
  });
});

it("@openai/agents calls the Responses API by itself", async () => {
  const house = await openHouse();
  const reached = await REACHES["in process"]!(house.handler);
  // What the SDK does by default is set once for a process.
  setDefaultOpenAIClient(new OpenAI({ ...reached, maxRetries: 0 }));
  const { finalOutput } = await runByDefault(guide(GPT), OSLO);
  expect(finalOutput).toContain("3 degrees");
  expect(operations(house)).toEqual(["RuntimeResponses", "RuntimeResponses"]);
  expect(await reached.settled()).toBe(2);
  await house.bedrock.close();
});

const isDelta = (event: RunStreamEvent): boolean =>
  event.type === "raw_model_stream_event" && event.data.type === "output_text_delta";
