import OpenAI from "openai";
import { Agent, OpenAIProvider, Runner, tool as agentTool, toolNamespace, OpenAIConversationsSession } from "@openai/agents";
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, streamText, isStepCount, type ModelMessage, tool } from "ai";
import { ChatOpenAI } from "@langchain/openai";
import { it, expect } from "vitest";
import * as z from "zod";
import { CLAUDE, NOVA, NEW_CLAUDE, openHouse } from "/work/main/test/support/bedrock.ts";
import { REACHES, GPT } from "/work/main/test/support/response-clients.ts";
import { PNG, PDF, TWO_CALLS, drained } from "/work/main/test/support/clients.ts";
import { over } from "/work/main/test/support/background.ts";

const setup = async (options = {}) => {
  const house = await openHouse();
  const reached = await REACHES["over HTTP"]!(house.withOptions(options));
  const client = new OpenAI({ ...reached, maxRetries: 0 });
  const provider = createOpenAI({ baseURL: reached.baseURL, apiKey: "bedrock", fetch: reached.fetch });
  const runner = new Runner({ modelProvider: new OpenAIProvider({ openAIClient: client }), tracingDisabled: true });
  return { house, reached, client, provider, runner, done: async () => { await reached.settled(); await reached.close(); await house.bedrock.close(); } };
};
const msg = (e: any) => `${e.status ?? e.statusCode} ${e.message} ${e.code ?? ""} ${e.param ?? ""}`;
const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: () => "3 degrees" });

it.each([CLAUDE, GPT])("agents namespace %s", async (model) => {
  const { runner, done, house } = await setup();
  const lookup = agentTool({ name: "lookup", description: "l", parameters: z.object({ id: z.string() }), execute: ({ id }) => "found " + id });
  const spaced = toolNamespace({ name: "crm", description: "CRM", tools: [lookup] });
  const agent = new Agent({ name: "B", model, tools: [...spaced] });
  house.bedrock.enqueue({ content: [{ toolUse: { toolUseId: "t1", name: "crm__lookup", input: { id: "7" } } }] });
  for (const stream of [false, true]) {
    try { const r: any = await runner.run(agent, 'lookup "7"', { stream } as any); if (stream) { await drained(r); await r.completed; } console.log(r.finalOutput); } catch (e) { console.log("FAILED", msg(e)); }
  }
  await done();
});

it("store:false operator", async () => {
  const { client, provider, done, runner } = await setup({ store: false });
  try { console.log((await client.responses.create({ model: CLAUDE, input: "x" })).store); } catch (e) { console.log("FAILED", msg(e)); }
  const messages: ModelMessage[] = [{ role: "user", content: 'get_weather for "Oslo"' }];
  try {
    const r = await generateText({ model: provider(CLAUDE), messages, tools: { get_weather: weather }, stopWhen: isStepCount(3) });
    messages.push(...r.responseMessages, { role: "user", content: "Thanks" });
    const r2 = await generateText({ model: provider(CLAUDE), messages, maxRetries: 0 });
    console.log(r2.text);
  } catch (e) { console.log("FAILED", msg(e)); }
  const agent = new Agent({ name: "B", model: CLAUDE });
  try { const r = await runner.run(agent, "x"); const r2 = await runner.run(agent, [...r.history, { role: "user", content: "y" }]); console.log(r2.finalOutput); } catch (e) { console.log("FAILED", msg(e)); }
  try { console.log((await client.responses.retrieve("resp_1")).store); } catch (e) { console.log("FAILED", msg(e)); }
  await done();
});

it("ai sdk after another process: stored items gone", async () => {
  const { client, provider, done, runner, house } = await setup();
  const messages: ModelMessage[] = [{ role: "user", content: 'x' }];
  const r = await generateText({ model: provider(CLAUDE), messages });
  const other = createOpenAI({ baseURL: "http://x/v1", apiKey: "bedrock", fetch: (i, n) => house.withOptions({})(new Request(i as string, n)) });
  messages.push(...r.responseMessages, { role: "user", content: "Thanks" });
  try { console.log((await generateText({ model: other(CLAUDE), messages, maxRetries: 0 })).text); } catch (e) { console.log("FAILED", msg(e)); }
  await done();
});

it("odd", async () => {
  const { client, done } = await setup();
  const t = async (name: string, f: () => Promise<unknown>) => { try { console.log(name, JSON.stringify(await f())?.slice(0, 400)); } catch (e) { console.log(name, "FAILED", msg(e)); } };
  await t("empty input array", () => client.responses.create({ model: CLAUDE, input: [] }));
  await t("empty string", () => client.responses.create({ model: CLAUDE, input: "" }));
  await t("no input", () => client.responses.create({ model: CLAUDE }));
  await t("only instructions", () => client.responses.create({ model: CLAUDE, instructions: "Say hi" }));
  await t("no input w/ conversation", async () => client.responses.create({ model: CLAUDE, conversation: (await client.conversations.create()).id }));
  await t("native empty input", () => client.responses.create({ model: GPT, input: "" }));
  await t("native no input", () => client.responses.create({ model: GPT }));
  await t("file_id", () => client.responses.create({ model: CLAUDE, input: [{ role: "user", content: [{ type: "input_image", file_id: "file-1", detail: "auto" }] }] }));
  await t("bad include", () => client.responses.create({ model: CLAUDE, input: "x", include: ["nope" as never] }));
  await t("bad id", () => client.responses.retrieve("../models"));
  await t("delete twice", async () => { const { id } = await client.responses.create({ model: CLAUDE, input: "x" }); await client.responses.delete(id); return client.responses.delete(id); });
  await t("cancel foreground", async () => { const { id } = await client.responses.create({ model: CLAUDE, input: "x" }); return client.responses.cancel(id); });
  await t("stream retrieve foreground", async () => { const { id } = await client.responses.create({ model: CLAUDE, input: "x" }); return (await drained(await client.responses.retrieve(id, { stream: true }))).map((e) => e.type); });
  await t("stream retrieve foreground streamed", async () => { const { id } = await client.responses.stream({ model: CLAUDE, input: "x" }).finalResponse(); return (await drained(await client.responses.retrieve(id, { stream: true, starting_after: 3 }))).map((e) => e.type); });
  await t("input items order/before", async () => { const { id } = await client.responses.create({ model: CLAUDE, input: "x" }); return (await client.responses.inputItems.list(id, { limit: 101 })).data; });
  await t("conv twice items", () => client.conversations.create({ items: Array.from({ length: 21 }, () => ({ role: "user" as const, content: "x", type: "message" as const })) }));
  await t("phase", () => client.responses.create({ model: CLAUDE, input: [{ role: "user", content: "a" }, { type: "message", role: "assistant", phase: "commentary", content: [{ type: "output_text", text: "b", annotations: [] }], id: "msg_1", status: "completed" } as never, { role: "user", content: "c" }] }).then((r) => r.status));
  await t("refusal history", () => client.responses.create({ model: CLAUDE, input: [{ role: "user", content: "a" }, { type: "message", role: "assistant", content: [{ type: "refusal", refusal: "no" }], id: "msg_1", status: "completed" }, { role: "user", content: "c" }] }).then((r) => r.output_text));
  await t("file text", () => client.responses.create({ model: CLAUDE, input: [{ role: "user", content: [{ type: "input_file", filename: "a.csv", file_data: "data:text/csv;base64," + Buffer.from("a,b").toString("base64") }] }] }).then((r) => r.output_text));
  await t("prompt", () => client.responses.create({ model: CLAUDE, prompt: { id: "pmpt_1" } }));
  await t("computer", () => client.responses.create({ model: CLAUDE, input: "x", tools: [{ type: "computer_use_preview", display_height: 1, display_width: 1, environment: "browser" }], tool_choice: { type: "computer_use_preview" } }).withResponse().then((r) => [r.data.status, r.response.headers.get("x-bedrock-adjustments")]));
  await done();
});
