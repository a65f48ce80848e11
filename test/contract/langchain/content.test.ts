import {
  AIMessage,
  ChatMessage,
  FunctionMessage,
  HumanMessage,
  RemoveMessage,
  SystemMessage,
} from "@langchain/core/messages";
import { ChatPromptTemplate, FewShotChatMessagePromptTemplate } from "@langchain/core/prompts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { lastTurn, PDF, PNG, sent } from "../../support/clients.ts";
import { chat } from "./ways.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

/** What the model got of one part. */
async function seen(part: object, model = NOVA): Promise<object> {
  const question = { type: "text", text: "What is this?" };
  await chat(house, { model }).invoke([new HumanMessage({ content: [question, part] as never })]);
  return lastTurn(house)[1]!;
}

const DATA_URL = `data:image/png;base64,${PNG}`;
const IMAGE = { image: { format: "png", source: { bytes: PNG } } };

describe("an image reaches the model", () => {
  const IMAGES: [string, object][] = [
    ["OpenAI's image_url", { type: "image_url", image_url: { url: DATA_URL } }],
    ["a plain image_url", { type: "image_url", image_url: DATA_URL }],
    ["version 0, base64", { type: "image", source_type: "base64", mime_type: "image/png", data: PNG }],
    ["version 0, a data URL", { type: "image", source_type: "url", url: DATA_URL }],
    ["version 1, base64", { type: "image", mimeType: "image/png", data: PNG }],
    [
      "version 1, bytes",
      { type: "image", mimeType: "image/png", data: new Uint8Array(Buffer.from(PNG, "base64")) },
    ],
    ["version 1, a data URL", { type: "image", url: DATA_URL }],
    ["version 1, unlabelled", { type: "image", data: PNG }],
    ["Anthropic's", { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } }],
    [
      "a provider's own, within version 1",
      { type: "non_standard", value: { type: "image_url", image_url: DATA_URL } },
    ],
  ];
  it.each(IMAGES)("as %s", async (_, part) => {
    expect(await seen(part)).toEqual(IMAGE);
  });

  it("from s3:// where the model reads it", async () => {
    expect(await seen({ type: "image", fileId: "s3://bucket/cat.png" })).toMatchObject({
      image: { source: { s3Location: { uri: "s3://bucket/cat.png" } } },
    });
  });
});

describe("a file reaches the model", () => {
  const PDF_URL = `data:application/pdf;base64,${PDF}`;
  const metadata = { filename: "report.pdf" };
  const FILES: [string, object][] = [
    ["OpenAI's file", { type: "file", file: { file_data: PDF_URL, filename: "report.pdf" } }],
    [
      "version 0, base64",
      { type: "file", source_type: "base64", mime_type: "application/pdf", data: PDF, metadata },
    ],
    [
      "version 0, a data URL",
      { type: "file", source_type: "url", mime_type: "application/pdf", url: PDF_URL, metadata },
    ],
    ["version 1, base64", { type: "file", mimeType: "application/pdf", data: PDF, metadata }],
    ["version 1, a data URL", { type: "file", url: PDF_URL, metadata }],
  ];
  it.each(FILES)("as %s", async (_, part) => {
    expect(await seen(part, CLAUDE)).toMatchObject({
      document: { format: "pdf", name: expect.stringMatching(/^report/) as unknown, source: { bytes: PDF } },
    });
  });

  it("as text, with its title and what is to be known of it", async () => {
    const bytes = Buffer.from("Änderung").toString("base64");
    const part = { type: "text-plain", text: "Änderung", title: "notes.txt", context: "From the attic." };
    expect(await seen(part, CLAUDE)).toMatchObject({
      document: { format: "txt", source: { bytes }, context: "From the attic." },
    });
    const old = { type: "file", source_type: "text", mime_type: "text/plain", text: "Änderung" };
    expect(await seen(old, CLAUDE)).toMatchObject({ document: { format: "txt", source: { bytes } } });
  });

  it("to be cited", async () => {
    const part = {
      type: "file",
      mimeType: "application/pdf",
      data: PDF,
      metadata: { citations: { enabled: true } },
    };
    expect(await seen(part, CLAUDE)).toMatchObject({ document: { citations: { enabled: true } } });
  });

  it("of four megabytes", async () => {
    const bytes = new Uint8Array(4_000_000).fill(65);
    const part = { type: "file", mimeType: "text/plain", data: bytes };
    const { document } = (await seen(part, NOVA)) as { document: { source: { bytes: string } } };
    expect(document.source.bytes.length).toBe(5_333_336);
  });
});

it("a video and a sound reach the models that take them, and others refuse them by their place", async () => {
  const video = { type: "video", mimeType: "video/mp4", fileId: "s3://bucket/clip.mp4" };
  expect(await seen(video)).toMatchObject({
    video: { source: { s3Location: { uri: "s3://bucket/clip.mp4" } } },
  });
  for (const audio of [
    { type: "audio", mimeType: "audio/wav", data: "UklGRiQAAABXQVZF" },
    { type: "audio", source_type: "base64", mime_type: "audio/wav", data: "UklGRiQAAABXQVZF" },
    { type: "input_audio", input_audio: { data: "UklGRiQAAABXQVZF", format: "wav" } },
  ])
    await expect(seen(audio, CLAUDE)).rejects.toMatchObject({
      status: 400,
      param: expect.stringContaining("content[1]") as unknown,
    });
});

it("a part that holds nothing, or is of no known kind, is refused by its place", async () => {
  for (const part of [{ type: "image" }, { type: "hologram", data: "…" }])
    await expect(seen(part)).rejects.toMatchObject({
      status: 400,
      param: expect.stringContaining("messages[0].content[1]") as unknown,
    });
  expect(house.bedrock.requests).toEqual([]);
});

it("marks to cache go with the part, in either version", async () => {
  const cache_control = { type: "ephemeral" };
  for (const part of [
    { type: "text", text: "Long.", cache_control },
    { type: "text", text: "Long.", extras: { cache_control } },
  ]) {
    await chat(house).invoke([new SystemMessage({ content: [part] }), new HumanMessage("Hello")]);
    expect(sent(house).system).toMatchObject([{ text: "Long." }, { cachePoint: { type: "default" } }]);
  }
});

describe("messages", () => {
  it("of every kind keep their role", async () => {
    const f = { type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } };
    await chat(house)
      .bindTools([f])
      .invoke([
        new SystemMessage("one"),
        new SystemMessage({ content: "two", additional_kwargs: { __openai_role__: "developer" } }),
        new ChatMessage("three", "user"),
        new ChatMessage("four", "assistant"),
        new HumanMessage({ content: "five", name: "ada" }),
        new AIMessage({ content: "", additional_kwargs: { function_call: { name: "f", arguments: "{}" } } }),
        new FunctionMessage({ content: "six", name: "f" }),
      ]);
    expect(sent(house)).toMatchObject({
      system: [{ text: "one" }, { text: "two" }],
      messages: [
        { role: "user", content: [{ text: "three" }] },
        { role: "assistant", content: [{ text: "four" }] },
        { role: "user", content: [{ text: "five" }] },
        { role: "assistant", content: [{ toolUse: { name: "f", input: {} } }] },
        { role: "user", content: [{ toolResult: { content: [{ text: "six" }] } }] },
      ],
    });
  });

  it("of one role in a row become one turn", async () => {
    await chat(house).invoke([
      new HumanMessage("a"),
      new HumanMessage("b"),
      new AIMessage("c"),
      new AIMessage("d"),
      new HumanMessage("e"),
    ]);
    expect(sent(house).messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });

  it("come from prompts and examples", async () => {
    const examples = new FewShotChatMessagePromptTemplate({
      examplePrompt: ChatPromptTemplate.fromMessages([
        ["human", "{input}"],
        ["ai", "{output}"],
      ]),
      examples: [{ input: "2+2", output: "4" }],
      inputVariables: [],
    });
    const prompt = ChatPromptTemplate.fromMessages([
      ["system", "You count."],
      ["placeholder", "{shots}"],
      ["human", "{question}"],
    ]);
    const shots = (await examples.invoke({})).toChatMessages();
    await prompt.pipe(chat(house)).invoke({ shots, question: "3+3" });
    expect(sent(house)).toMatchObject({
      system: [{ text: "You count." }],
      messages: [
        { content: [{ text: "2+2" }] },
        { content: [{ text: "4" }] },
        { content: [{ text: "3+3" }] },
      ],
    });
  });

  it("that are none are refused before anything is sent", async () => {
    await expect(chat(house).invoke([new RemoveMessage({ id: "1" })])).rejects.toThrow(/type 'remove'/);
    expect(house.bedrock.requests).toEqual([]);
  });
});

it("answers of other providers go back without what only they understand", async () => {
  await chat(house).invoke([
    new HumanMessage("Hello"),
    new AIMessage({
      content: [
        { type: "thinking", thinking: "Hm.", signature: "c2lnbmVk" },
        { type: "text", text: "Hello!" },
        { type: "tool_use", id: "call_1", name: "f", input: {} },
      ] as never,
    }),
    new HumanMessage("Go on"),
  ]);
  expect(JSON.stringify(sent(house).messages[1])).not.toContain("toolUse");
  expect(sent(house).messages[1]!.content).toContainEqual({ text: "Hello!" });
});
