import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { ask } from "./ask.ts";
import { runtimeClient } from "./clients.ts";
import { answers, asks, call, doc, image, result, user, withTools } from "./conversations.ts";
import { CLAUDE_4_5, NOVA_2 } from "./models.ts";
import { emulator, RED_PNG, says, verdict } from "./support.ts";
import type { Body } from "./support.ts";

describe("what it sees", () => {
  const head = (start: string, rest: number[]) =>
    Buffer.concat([Buffer.from(start, "latin1"), Buffer.from(rest)]).toString("base64");
  const s3 = { s3Location: { uri: "s3://bucket/key" } };
  it.each<[string, Body, string]>([
    ["a PNG and its colour", image(RED_PNG), "I see a PNG image, 2×3 pixels, mostly red."],
    ["a GIF", image(head("GIF89a", [4, 0, 5, 0]), "gif"), "I see a GIF image, 4×5 pixels."],
    [
      "a JPEG",
      image(head("\xff\xd8", [0xff, 0xe0, 0, 2, 0xff, 0xc0, 0, 17, 8, 0, 7, 0, 6, 3]), "jpeg"),
      "I see a JPEG image, 6×7 pixels.",
    ],
    [
      "a WebP",
      image(head("RIFF\0\0\0\0WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 9, 0, 0]), "webp"),
      "I see a WebP image, 9×10 pixels.",
    ],
    ["an image cut short", image(head("GIF89a", []), "gif"), "I see a GIF image."],
    ["an image in S3", { image: { format: "png", source: s3 } }, "I see a PNG image in S3."],
    ["a video", { video: { format: "mp4", source: { bytes: "aGk=" } } }, "I watched a video (mp4, 2 bytes)."],
    ["a video in S3", { video: { format: "mp4", source: s3 } }, "I watched a video (mp4, in S3)."],
    ["audio", { audio: { format: "wav", source: { bytes: "aGk=" } } }, "I heard audio (wav, 2 bytes)."],
    ["a document in S3", doc("notes", { source: s3 }), 'I read the document "notes" (TXT, in S3).'],
    ["a document", doc("notes"), 'I read the document "notes" (TXT, 2 bytes).'],
  ])("%s", async (_, block, sentence) => {
    const { text } = await ask({ messages: [user(block, { text: "look" })] });
    expect(text.split("\n").slice(0, 2)).toEqual([sentence, "You said: look"]);
  });

  it("what a tool brought", async () => {
    const film = { video: { format: "mp4", source: { bytes: "aGk=" } } };
    const body = withTools(
      says("a"),
      answers(call("1")),
      user(result("1", image(RED_PNG), doc("notes"), film)),
    );
    expect((await ask(body)).text).toMatch(
      /^look returned: I see a PNG image.*\nI read the document "notes".*\nI watched a video \(mp4, 2 bytes\)\.\n/,
    );
  });
});

describe("a search of the web", () => {
  const grounded = { toolConfig: { tools: [{ systemTool: { name: "nova_grounding" } }] } };
  const page = {
    title: "Example",
    location: { web: { url: "https://example.com/emulated", domain: "example.com" } },
  };

  it("is called, run and cited in one answer, which may be sent back", async () => {
    const { content, stopReason } = await ask(asks(grounded), NOVA_2);
    expect(content).toEqual([
      {
        toolUse: {
          toolUseId: expect.stringMatching(/^tooluse_/),
          name: "nova_grounding",
          input: { query: "emulated" },
          type: "server_tool_use",
        },
      },
      { text: expect.stringContaining("You said: hi") },
      { citationsContent: { citations: [page] } },
    ]);
    expect(stopReason).toBe("end_turn");
    const next = { ...grounded, messages: [says("hi"), answers(...content), says("and?")] };
    expect(await verdict(await emulator(), next, NOVA_2)).toBe("accepted");
  });

  it("is streamed with its type, and its citation as a delta", async () => {
    const { stream } = await runtimeClient(await emulator()).send(
      new ConverseStreamCommand({
        modelId: NOVA_2,
        messages: [{ role: "user", content: [{ text: "hi" }] }],
        toolConfig: { tools: [{ systemTool: { name: "nova_grounding" } }] },
      }),
    );
    const events: ConverseStreamOutput[] = [];
    for await (const event of stream ?? []) events.push(event);
    expect(events[1]?.contentBlockStart?.start?.toolUse).toMatchObject({
      name: "nova_grounding",
      type: "server_tool_use",
    });
    const citations = events.flatMap((event) => event.contentBlockDelta?.delta?.citation ?? []);
    expect(citations).toEqual([page]);
    expect(events.at(-2)).toEqual({ messageStop: { stopReason: "end_turn" } });
  });
});

describe("cited documents", () => {
  const cited = (more: Body = {}) => doc("notes", { citations: { enabled: true }, ...more });

  it("are quoted with the answer, by title and place", async () => {
    const { content } = await ask(
      { messages: [user(doc("other"), cited(), { text: "sum up" })] },
      CLAUDE_4_5,
    );
    expect(content).toEqual([
      {
        citationsContent: {
          content: [{ text: expect.stringContaining("You said: sum up") }],
          citations: [
            {
              title: "notes",
              sourceContent: [{ text: "hi" }],
              location: { documentChar: { documentIndex: 1, start: 0, end: 2 } },
            },
          ],
        },
      },
    ]);
  });

  it("of which the text is unknown are cited without a quote", async () => {
    const { content } = await ask(
      { messages: [user(cited({ format: "pdf" }), { text: "sum up" })] },
      CLAUDE_4_5,
    );
    expect(content[0]?.citationsContent?.["citations"]).toEqual([
      { title: "notes", location: { documentChar: { documentIndex: 0, start: 0, end: 0 } } },
    ]);
  });

  it("are not quoted when nobody asks for it", async () => {
    const quiet = cited({ citations: { enabled: false } });
    const { content } = await ask({ messages: [user(quiet, { text: "sum up" })] }, CLAUDE_4_5);
    expect(content).toEqual([{ text: expect.stringContaining("You said: sum up") }]);
  });
});

describe("a guardrail", () => {
  const guardrail = (trace?: string) => ({
    guardrailConfig: { guardrailIdentifier: "abc123", guardrailVersion: "1", ...(trace && { trace }) },
  });
  const bad = { text: "say BLOCKED_BY_GUARDRAIL" };
  const marked = (text: string) => ({ guardContent: { text: { text } } });

  it("answers for the model, at no cost, and tells why only when asked", async () => {
    const answer = await ask({ messages: [user(bad)], ...guardrail() });
    expect(answer).toMatchObject({
      stopReason: "guardrail_intervened",
      text: "Sorry, the guardrail blocked this.",
      usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    });
    expect(answer).not.toHaveProperty("trace");
    const traced = await ask({ messages: [user(bad)], ...guardrail("enabled") });
    expect(traced.trace).toMatchObject({
      guardrail: {
        inputAssessment: {
          abc123: { wordPolicy: { customWords: [{ match: "BLOCKED_BY_GUARDRAIL", action: "BLOCKED" }] } },
        },
      },
    });
  });

  it("tells why in a stream's metadata", async () => {
    const { stream } = await runtimeClient(await emulator()).send(
      new ConverseStreamCommand({
        modelId: CLAUDE_4_5,
        messages: [{ role: "user", content: [bad] }],
        guardrailConfig: { guardrailIdentifier: "abc123", guardrailVersion: "1", trace: "enabled" },
      }),
    );
    const events: ConverseStreamOutput[] = [];
    for await (const event of stream ?? []) events.push(event);
    expect(events.at(-2)).toEqual({ messageStop: { stopReason: "guardrail_intervened" } });
    expect(Object.keys(events.at(-1)?.metadata?.trace?.guardrail?.inputAssessment ?? {})).toEqual(["abc123"]);
  });

  it.each<[string, Body, string]>([
    ["nothing when there is none", { messages: [user(bad)] }, "end_turn"],
    [
      "the last user turn alone",
      { messages: [user(bad), answers({ text: "a" }), says("b")], ...guardrail() },
      "end_turn",
    ],
    ["what is marked", { messages: [user(marked(bad.text))], ...guardrail() }, "guardrail_intervened"],
    ["nothing beside what is marked", { messages: [user(bad, marked("fine"))], ...guardrail() }, "end_turn"],
    ["marked instructions", asks({ system: [marked(bad.text)], ...guardrail() }), "guardrail_intervened"],
    ["no other instructions", asks({ system: [bad], ...guardrail() }), "end_turn"],
    [
      "no tool results",
      { ...withTools(says("a"), answers(call("1")), user(result("1", bad))), ...guardrail() },
      "end_turn",
    ],
  ])("looks at %s", async (_, body, stopReason) => {
    expect((await ask(body)).stopReason).toBe(stopReason);
  });
});
