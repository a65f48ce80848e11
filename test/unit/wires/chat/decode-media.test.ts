import { describe, expect, it } from "vitest";
import { chatRequest, type ChatRequest } from "../../../../src/openai/chat-request.ts";
import { decode, retold } from "../../../../src/wires/chat/decode.ts";
import type { FetchedMedia } from "../../../../src/reception/files.ts";
import { mediaUrls } from "../../../../src/wires/request/media-parts.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB";
const PDF = "JVBERi0xLjQKJSBhIGRvY3VtZW50";

const request = (...content: object[]): ChatRequest =>
  chatRequest.parse({ model: "m", messages: [{ role: "user", content }] });
const blocks = (parts: object[], media: FetchedMedia = new Map()) =>
  decode(request(...parts), { media }).conversation.messages[0]!.content;

describe("files in a message", () => {
  it.each([
    [
      "a file part",
      { type: "file", file: { file_data: `data:application/pdf;base64,${PDF}`, filename: "a.pdf" } },
    ],
    ["bare base64", { type: "file", file: { file_data: PDF, filename: "a.pdf" } }],
    [
      "an image_url, as LiteLLM's users send it",
      { type: "image_url", image_url: `data:application/pdf;base64,${PDF}` },
    ],
    [
      "Anthropic's document",
      { type: "document", source: { type: "base64", media_type: "application/pdf", data: PDF } },
    ],
  ])("a PDF as %s is a document", (_, part) => {
    expect(blocks([part])[0]!.document).toMatchObject({ format: "pdf", source: { bytes: PDF } });
  });

  it("audio and video are what they are, under AWS's names", () => {
    const audio = { type: "input_audio", input_audio: { data: "UklGRgAAAABXQVZFAAAA", format: "wav" } };
    const video = { type: "video_url", video_url: { url: "data:video/3gpp;base64,AAAAGGZ0eXAzZ3A0" } };
    expect(blocks([audio, video])).toEqual([
      { audio: { format: "wav", source: { bytes: "UklGRgAAAABXQVZFAAAA" } } },
      { video: { format: "three_gp", source: { bytes: "AAAAGGZ0eXAzZ3A0" } } },
    ]);
  });

  it("in S3 stay there", () => {
    const parts = [
      { type: "image_url", image_url: { url: "s3://bucket/a/b.PNG" } },
      { type: "file", file: { file_id: "s3://bucket/report.docx" } },
      { type: "video_url", video_url: { url: "s3://bucket/v", format: "mp4" } },
    ];
    expect(blocks(parts)).toEqual([
      { image: { format: "png", source: { s3Location: { uri: "s3://bucket/a/b.PNG" } } } },
      {
        document: {
          format: "docx",
          name: "report",
          source: { s3Location: { uri: "s3://bucket/report.docx" } },
        },
      },
      { video: { format: "mp4", source: { s3Location: { uri: "s3://bucket/v" } } } },
    ]);
  });

  it("behind a URL are downloaded once each, by the place they stand in", () => {
    const url = "https://example.com/a.png";
    const part = { type: "image_url", image_url: { url } };
    expect([...mediaUrls(retold(request(part, part)))]).toEqual([
      [url, "messages[0].content[0].image_url.url"],
    ]);
    const media = new Map([[url, { bytes: PNG, mediaType: "image/png" }]]);
    expect(blocks([part], media)).toEqual([{ image: { format: "png", source: { bytes: PNG } } }]);
  });

  it("that turn out to be an error page are no image", () => {
    const url = "https://example.com/a.png";
    const media = new Map([[url, { bytes: btoa("<html>not found"), mediaType: "text/html" }]]);
    expect(() => blocks([{ type: "image_url", image_url: { url } }], media)).toThrow(/Unsupported image/);
  });

  it("may be cited, and say what they are about", () => {
    const source = { type: "text", data: "Grüße & mehr" };
    const [block] = blocks([
      { type: "document", source, title: "A letter", context: "c", citations: { enabled: true } },
    ]);
    expect(block!.document).toEqual({
      format: "txt",
      name: "A letter",
      source: { bytes: Buffer.from("Grüße & mehr").toString("base64") },
      context: "c",
      citations: { enabled: true },
    });
  });

  it("stand in tool results as they stand in a user's message", () => {
    const part = { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } };
    const body = chatRequest.parse({
      model: "m",
      messages: [
        { role: "user", content: "q" },
        {
          role: "assistant",
          tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "" } }],
        },
        { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "See:" }, part] },
      ],
    });
    expect(decode(body).conversation.messages[2]!.content[0]!.toolResult!.content).toEqual([
      { text: "See:" },
      { image: { format: "png", source: { bytes: PNG } } },
    ]);
  });

  it.each([
    [{ type: "file", file: { file_id: "file-abc123" } }, /no files are stored here/],
    [
      { type: "file", file: {} },
      /Missing required parameter: 'messages\[0\]\.content\[0\]\.file\.file_data'/,
    ],
    [
      { type: "file", file: { file_data: "data:application/zip;base64,UEsDBA==" } },
      /Unsupported document.*pdf, csv/,
    ],
    [{ type: "image_url", image_url: "ftp://example.com/a.png" }, /neither a data URL/],
    [{ type: "image_url", image_url: "blob:https://x/y" }, /neither a data URL/],
    [
      { type: "input_audio", input_audio: { data: "AAAAAAAAAAAAAAAAAAAA", format: "midi" } },
      /Unsupported audio/,
    ],
    [{ type: "video_url", video_url: "s3://bucket/noextension" }, /Unsupported video/],
  ])("%j is a 400 that says what to send", (part, message) => {
    expect(() => blocks([part])).toThrow(message);
  });
});

describe("what a guardrail is to look at", () => {
  it("is marked as such, in the system prompt too", () => {
    const { conversation } = decode(
      chatRequest.parse({
        model: "m",
        messages: [
          { role: "system", content: [{ type: "guarded_text", text: "s" }] },
          {
            role: "user",
            content: [
              { type: "guarded_text", text: "a" },
              { type: "grounding_source", text: "b" },
              { type: "query", text: "c" },
            ],
          },
        ],
      }),
    );
    expect(conversation.system).toEqual([{ guardContent: { text: { text: "s" } } }]);
    expect(conversation.messages[0]!.content).toEqual([
      { guardContent: { text: { text: "a" } } },
      { guardContent: { text: { text: "b", qualifiers: ["grounding_source"] } } },
      { guardContent: { text: { text: "c", qualifiers: ["query"] } } },
    ]);
  });
});
