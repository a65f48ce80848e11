import { describe, expect, it } from "vitest";
import { answers, call, doc, image, result, user, withTools } from "./conversations.ts";
import type { Case } from "./conversations.ts";
import { CLAUDE_4_5, emulator, HIDDEN, RED_PNG, says, verdict } from "./support.ts";

const model = "400 The model returned the following errors: ";
const asks = (...content: object[]) => ({ messages: [{ role: "user", content }] });
const text = { text: "see" };

const judge = (cases: Case[]) =>
  it.each(cases)("%s", async (_, body, expected, ...target) => {
    const said = await verdict(await emulator(), body, ...target);
    expect(said.slice(0, expected.length)).toBe(expected);
  });

const bytes = (start: number[] | string, length = 40) => {
  const head = typeof start === "string" ? Buffer.from(start, "latin1") : Buffer.from(start);
  return Buffer.concat([head, Buffer.alloc(length - head.length, 1)]).toString("base64");
};
const wide = () => {
  const png = Buffer.from(RED_PNG, "base64");
  png.writeUInt32BE(8001, 16);
  return png.toString("base64");
};

describe("images", () => {
  const broken = `${model}messages.0.content.0.image.source.bytes: Could not process image`;
  judge([
    ["a PNG", asks(image(RED_PNG), text), "accepted"],
    ["a GIF", asks(image(bytes("GIF89a"), "gif")), "accepted"],
    ["a JPEG", asks(image(bytes([0xff, 0xd8, 0xff, 0xe0]), "jpeg")), "accepted"],
    ["a WebP", asks(image(bytes("RIFF\0\0\0\0WEBPVP8 "), "webp")), "accepted"],
    ["a PNG that says it is a JPEG", asks(image(RED_PNG, "jpeg")), broken],
    ["bytes that are no image", asks(image("aGVsbG8=")), broken],
    [
      "an image over 5 MB of base64",
      asks(image(bytes([0x89, 0x50], 3_932_200))),
      `${model}messages.0.content.0.image.source.bytes: image exceeds 5 MB maximum: 5242936 bytes > 5242880 bytes`,
    ],
    [
      "an image over 8000 pixels",
      asks(image(wide())),
      `${model}messages.0.content.0.image.source.bytes: image dimensions exceed max allowed size: 8000 pixels`,
    ],
    ["20 images", asks(...Array.from({ length: 20 }, () => image(RED_PNG))), "accepted"],
    [
      "21 images",
      asks(...Array.from({ length: 21 }, () => image(RED_PNG))),
      `${model}messages: too many images: 21 > 20`,
    ],
    [
      "an image from the assistant",
      { messages: [says("a"), answers(image(RED_PNG)), says("b")] },
      `${model}messages.1.content.0: \`image\` blocks can only be in \`user\` messages`,
    ],
    [
      "a broken image in a tool result",
      withTools(says("a"), answers(call("1")), user(result("1", image("aGk=")))),
      `${model}messages.2.content.0.toolResult.content.0.image.source.bytes: Could not process image`,
    ],
    [
      "an image for a model that cannot see",
      asks(image(RED_PNG)),
      "400 This model doesn't support the image content block that you provided.",
      "qwen.qwen3-32b-v1:0",
    ],
    [
      "a video for Claude",
      asks({ video: { format: "mp4", source: { bytes: "aGk=" } } }),
      "400 This model doesn't support the video content block that you provided.",
      CLAUDE_4_5,
    ],
    [
      "a video for Nova",
      asks({ video: { format: "mp4", source: { bytes: "aGk=" } } }, text),
      "accepted",
      "amazon.nova-pro-v1:0",
    ],
  ]);
});

describe("documents", () => {
  const name =
    "400 The document file name can only contain alphanumeric characters, whitespace characters, hyphens,";
  judge([
    ["a document with text beside it", asks(doc("report [1] (a-b)"), text), "accepted"],
    [
      "a document alone",
      asks(doc("a")),
      "400 A text block must be included when using documents. Add a text block and retry your request.",
    ],
    ["five documents", asks(...["a", "b", "c", "d", "e"].map((id) => doc(id)), text), "accepted"],
    [
      "six documents over two turns",
      {
        messages: [
          user(doc("a"), doc("b"), doc("c"), text),
          answers({ text: "ok" }),
          user(doc("d"), doc("e"), doc("f"), text),
        ],
      },
      "400 The number of documents in the request, 6, exceeds the maximum of 5.",
    ],
    ["a name with a dot", asks(doc("a.txt"), text), name],
    ["a name with an underscore", asks(doc("a_b"), text), name],
    ["a name with two spaces", asks(doc("a  b"), text), name],
    ["a name in another script", asks(doc("données"), text), name],
    [
      "the same name in two turns",
      { messages: [user(doc("a"), text), answers({ text: "ok" }), user(doc("a"), text)] },
      "400 Messages can't contain duplicate document names. Rename the document and retry your request.",
    ],
    [
      "the same name in a tool result",
      withTools(user(doc("a"), text), answers(call("1")), user(result("1", doc("a")))),
      "400 Messages can't contain duplicate document names.",
    ],
    [
      "text as the source without citations",
      asks(doc("a", { source: { text: "hi" } }), text),
      "400 DocumentSource object at messages.0.content.0.document.source must set one of the following keys: bytes, s3Location.",
    ],
    [
      "text as the source with citations",
      asks(doc("a", { source: { text: "hi" }, citations: { enabled: true } }), text),
      "accepted",
    ],
    [
      "more than 4.5 MB",
      asks(doc("a", { source: { bytes: bytes("x", 4_800_000) } }), text),
      "400 The document at messages.0.content.0.document.source exceeds the maximum size of 4.5 MB.",
    ],
    [
      "a document for Kimi K3",
      asks(doc("a"), text),
      "400 This model doesn't support documents.",
      "us.moonshotai.kimi-k3",
    ],
    ["a document behind an unknown ARN", asks(doc("a"), text), "accepted", HIDDEN],
  ]);
});
