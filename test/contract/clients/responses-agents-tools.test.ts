import {
  Agent,
  applyPatchTool,
  codeInterpreterTool,
  InputGuardrailTripwireTriggered,
  MemorySession,
  ModelBehaviorError,
  OpenAIProvider,
  OpenAIResponsesCompactionSession,
  Runner,
  RunState,
  setTracingDisabled,
  shellTool,
  tool,
  toolNamespace,
  webSearchTool,
} from "@openai/agents";
import OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { CLAUDE, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import { PDF, PNG, REFUSED_NAME, toolNames } from "../../support/clients.ts";
import { asked, guide, time, WAYS, weather } from "../../support/response-agents.ts";
import { GPT, type Reach, REACHES } from "../../support/response-clients.ts";

setTracingDisabled(true);
beforeEach(() => void asked.splice(0));

const OSLO = 'get_weather for "Oslo" please';

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

    it("waits for an approval, though the process may be another by then", async () => {
      const open = tool({
        name: "open_door",
        description: "Opens a door",
        parameters: z.object({ door: z.string() }),
        needsApproval: true,
        execute: ({ door }) => (asked.push(door), "open"),
      });
      const agent = guide(CLAUDE, { tools: [open], modelSettings: { reasoning: { effort: "low" } } });
      const { state } = await runner.run(agent, 'open_door "left" please');
      expect(asked).toEqual([]);
      const later = await RunState.fromString(agent, state.toString());
      for (const waiting of later.getInterruptions()) later.approve(waiting);
      const { finalOutput } = await run(runner, agent, later as never);
      expect(asked).toEqual(["left"]);
      expect(finalOutput).toContain("open_door returned: open");
    });

    it("finds a tool in its namespace, and goes on without tools that OpenAI alone runs", async () => {
      const lookup = tool({
        name: "lookup",
        description: "Looks a customer up",
        parameters: z.object({ id: z.string() }),
        execute: ({ id }) => (asked.push(id), "Ada"),
      });
      const spaced = toolNamespace({ name: "crm", description: "Customers", tools: [lookup] });
      const call = { toolUseId: "tooluse_1", name: "crm__lookup", input: { id: "7" } };
      house.bedrock.enqueue({ content: [{ toolUse: call }] });
      const tools = [...spaced, webSearchTool(), codeInterpreterTool()];
      const { finalOutput } = await run(runner, guide(CLAUDE, { tools }), "Who is 7?");
      expect(asked).toEqual(["7"]);
      expect(finalOutput).toContain("Ada");
      expect(toolNames(house)).toEqual(["crm__lookup"]);
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
