import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import type { ConverseCommandInput, ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { runtimeClient } from "./clients.ts";
import { CLAUDE_4_5, emulator } from "./support.ts";

const weather = {
  toolSpec: {
    name: "get_weather",
    inputSchema: { json: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } },
  },
};
const ask = (text: string, more: Partial<ConverseCommandInput> = {}): ConverseCommandInput => ({
  modelId: CLAUDE_4_5,
  messages: [{ role: "user", content: [{ text }] }],
  ...more,
});

async function events(
  stream: AsyncIterable<ConverseStreamOutput> | undefined,
): Promise<ConverseStreamOutput[]> {
  const all: ConverseStreamOutput[] = [];
  for await (const event of stream ?? []) all.push(event);
  return all;
}

const kinds = (all: ConverseStreamOutput[]) => all.map((event) => Object.keys(event)[0]);

describe("Converse, as the AWS SDK sees it", () => {
  it("answers in the shape of the service, with a request id", async () => {
    const answer = await runtimeClient(await emulator()).send(new ConverseCommand(ask("hello there")));
    expect(answer.output?.message?.content?.[0]?.text).toMatch(/^You said: hello there\n/);
    expect(answer).toMatchObject({
      stopReason: "end_turn",
      metrics: { latencyMs: 1 },
      usage: { inputTokens: 3 },
    });
    expect(answer.$metadata.requestId).toBe("00000000-0000-4000-8000-000000000001");
  });

  it("says the same thing twice", async () => {
    const client = runtimeClient(await emulator());
    const [one, other] = [
      await client.send(new ConverseCommand(ask("hi"))),
      await client.send(new ConverseCommand(ask("hi"))),
    ];
    expect(one.output).toEqual(other.output);
  });

  it("echoes tier and latency", async () => {
    const input = ask("hi", { serviceTier: { type: "flex" }, performanceConfig: { latency: "standard" } });
    const answer = await runtimeClient(await emulator()).send(new ConverseCommand(input));
    expect(answer).toMatchObject({
      serviceTier: { type: "flex" },
      performanceConfig: { latency: "standard" },
    });
  });

  it("serves a scripted answer once, then its own again", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "scripted" }], stopReason: "max_tokens", trace: { guardrail: {} } });
    const client = runtimeClient(bedrock);
    expect(await client.send(new ConverseCommand(ask("hi")))).toMatchObject({
      stopReason: "max_tokens",
      output: { message: { content: [{ text: "scripted" }] } },
    });
    const next = await client.send(new ConverseCommand(ask("hi")));
    expect(next.output?.message?.content?.[0]?.text).toContain("You said: hi");
  });

  it("serves exact JSON untouched, members unknown to AWS included", async () => {
    const bedrock = await emulator();
    const response = {
      output: { message: { role: "assistant", content: [] } },
      stopReason: "new_reason",
      odd: 1,
    };
    bedrock.enqueue({ response });
    const answer = await runtimeClient(bedrock).send(new ConverseCommand(ask("hi")));
    expect(answer.stopReason).toBe("new_reason");
  });

  it("keeps a queued reply for the next call when a call is refused", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ text: "kept" }] });
    const client = runtimeClient(bedrock);
    await expect(client.send(new ConverseCommand(ask(" ")))).rejects.toThrow("is blank");
    const answer = await client.send(new ConverseCommand(ask("hi")));
    expect(answer.output?.message?.content).toEqual([{ text: "kept" }]);
  });
});

describe("ConverseStream, as the AWS SDK sees it", () => {
  it("opens text blocks with their first delta, closes them, and tells usage last", async () => {
    const { stream } = await runtimeClient(await emulator()).send(
      new ConverseStreamCommand(ask("hello there")),
    );
    const all = await events(stream);
    const order = kinds(all);
    expect(order.slice(0, 2)).toEqual(["messageStart", "contentBlockDelta"]);
    expect(order.slice(-3)).toEqual(["contentBlockStop", "messageStop", "metadata"]);
    expect(order.filter((kind) => kind === "contentBlockDelta").length).toBeGreaterThan(10);
    expect(all.map((event) => event.contentBlockDelta?.delta?.text ?? "").join("")).toMatch(
      /^You said: hello there\n/,
    );
  });

  it("announces tool blocks, and streams their input in fragments after an empty one", async () => {
    const input = ask("weather in Paris?", { toolConfig: { tools: [weather] } });
    const { stream } = await runtimeClient(await emulator()).send(new ConverseStreamCommand(input));
    const all = await events(stream);
    expect(all[1]?.contentBlockStart?.start?.toolUse).toMatchObject({
      name: "get_weather",
      toolUseId: expect.stringMatching(/^tooluse_[a-zA-Z0-9]{22}$/),
    });
    const fragments = all.flatMap((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? []);
    expect(fragments[0]).toBe("");
    expect(fragments.length).toBeGreaterThan(2);
    expect(JSON.parse(fragments.join(""))).toEqual({ city: "Paris" });
    expect(all.at(-2)).toEqual({ messageStop: { stopReason: "tool_use" } });
  });

  it("streams a call without arguments as one empty fragment", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ content: [{ toolUse: { toolUseId: "a", name: "now", input: {} } }] });
    const { stream } = await runtimeClient(bedrock).send(new ConverseStreamCommand(ask("hi")));
    const deltas = (await events(stream)).flatMap((event) => event.contentBlockDelta ?? []);
    expect(deltas).toEqual([{ contentBlockIndex: 0, delta: { toolUse: { input: "" } } }]);
  });

  it("streams reasoning in text deltas, then its signature; redacted bytes in pieces", async () => {
    const bedrock = await emulator();
    const secret = Buffer.from("x".repeat(50));
    bedrock.enqueue({
      content: [
        { reasoningContent: { reasoningText: { text: "so it is", signature: "sig" } } },
        { reasoningContent: { redactedContent: secret.toString("base64") } },
      ],
    });
    const { stream } = await runtimeClient(bedrock).send(new ConverseStreamCommand(ask("hi")));
    const reasoning = (await events(stream)).flatMap(
      (event) => event.contentBlockDelta?.delta?.reasoningContent ?? [],
    );
    expect(reasoning.slice(0, 4)).toEqual([
      { text: "so" },
      { text: " it" },
      { text: " is" },
      { signature: "sig" },
    ]);
    const pieces = reasoning.flatMap(({ redactedContent }) => redactedContent ?? []);
    expect(pieces.length).toBe(3);
    expect(Buffer.concat(pieces)).toEqual(secret);
  });

  it("streams exact events", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({
      events: [{ messageStart: { role: "assistant" } }, { messageStop: { stopReason: "end_turn" } }],
    });
    const { stream } = await runtimeClient(bedrock).send(new ConverseStreamCommand(ask("hi")));
    expect(kinds(await events(stream))).toEqual(["messageStart", "messageStop"]);
  });

  it("fails loudly when a reply was written for the other operation", async () => {
    const bedrock = await emulator();
    bedrock.enqueue({ events: [] });
    await expect(runtimeClient(bedrock).send(new ConverseCommand(ask("hi")))).rejects.toThrow("does not fit");
  });
});
