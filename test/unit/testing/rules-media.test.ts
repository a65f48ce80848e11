import { describe } from "vitest";
import { answers, call, doc, image, result, user, withTools } from "./conversations.ts";
import { byModel, judge, unsupported } from "./judge.ts";
import {
  CLAUDE_4_5,
  GPT_6,
  HIDDEN,
  KIMI_K3,
  LLAMA_4,
  MISTRAL_LARGE,
  NOVA,
  NOVA_MICRO,
  QWEN,
  QWEN_VL,
  VOXTRAL,
} from "./models.ts";
import { RED_PNG, says } from "./support.ts";
import type { Body } from "./support.ts";

const shows = (...content: object[]) => ({ messages: [{ role: "user", content }] });
const text = { text: "see" };

const bytes = (start: number[] | string, length = 40) => {
  const head = typeof start === "string" ? Buffer.from(start, "latin1") : Buffer.from(start);
  return Buffer.concat([head, Buffer.alloc(length - head.length, 1)]).toString("base64");
};
const wide = () => {
  const png = Buffer.from(RED_PNG, "base64");
  png.writeUInt32BE(8001, 16);
  return png.toString("base64");
};

const sound = (source: object) => ({ audio: { format: "wav", source } });
const film = (source: object) => ({ video: { format: "mp4", source } });

describe("images", () => {
  const broken = `${byModel}messages.0.content.0.image.source.bytes: Could not process image`;
  judge([
    ["a PNG", shows(image(RED_PNG), text), "accepted"],
    ["a GIF", shows(image(bytes("GIF89a"), "gif")), "accepted"],
    ["a JPEG", shows(image(bytes([0xff, 0xd8, 0xff, 0xe0]), "jpeg")), "accepted"],
    ["a WebP", shows(image(bytes("RIFF\0\0\0\0WEBPVP8 "), "webp")), "accepted"],
    ["a PNG that says it is a JPEG", shows(image(RED_PNG, "jpeg")), broken],
    ["bytes that are no image", shows(image("aGVsbG8=")), broken],
    [
      "an image over 5 MB of base64",
      shows(image(bytes([0x89, 0x50], 3_932_200))),
      `${byModel}messages.0.content.0.image.source.bytes: image exceeds 5 MB maximum: 5242936 bytes > 5242880 bytes`,
    ],
    [
      "an image over 8000 pixels",
      shows(image(wide())),
      `${byModel}messages.0.content.0.image.source.bytes: image dimensions exceed max allowed size: 8000 pixels`,
    ],
    ["20 images", shows(...Array.from({ length: 20 }, () => image(RED_PNG))), "accepted"],
    [
      "21 images",
      shows(...Array.from({ length: 21 }, () => image(RED_PNG))),
      `${byModel}messages: too many images: 21 > 20`,
    ],
    [
      "an image from the assistant",
      { messages: [says("a"), answers(image(RED_PNG)), says("b")] },
      `${byModel}messages.1.content.0: \`image\` blocks can only be in \`user\` messages`,
    ],
    [
      "a broken image in a tool result",
      withTools(says("a"), answers(call("1")), user(result("1", image("aGk=")))),
      `${byModel}messages.2.content.0.toolResult.content.0.image.source.bytes: Could not process image`,
    ],
    [
      "an image for a model that cannot see",
      shows(image(RED_PNG)),
      "400 This model doesn't support the image content block that you provided.",
      QWEN,
    ],
    [
      "a video for Claude",
      shows({ video: { format: "mp4", source: { bytes: "aGk=" } } }),
      "400 This model doesn't support the video content block that you provided.",
      CLAUDE_4_5,
    ],
    [
      "an image in a tool result, for a model that cannot see",
      withTools(says("a"), answers(call("1")), user(result("1", image(RED_PNG)))),
      "400 This model doesn't support the image content block that you provided.",
      NOVA_MICRO,
    ],
    ["audio for Voxtral", shows(sound({ bytes: "aGk=" }), text), "accepted", VOXTRAL],
    [
      "audio for Claude",
      shows(sound({ bytes: "aGk=" }), text),
      "400 This model doesn't support the audio content block that you provided.",
      CLAUDE_4_5,
    ],
    [
      "a video for Nova",
      shows({ video: { format: "mp4", source: { bytes: "aGk=" } } }, text),
      "accepted",
      NOVA,
    ],
  ]);
});

describe("documents", () => {
  const name =
    "400 The document file name can only contain alphanumeric characters, whitespace characters, hyphens,";
  judge([
    ["a document with text beside it", shows(doc("report [1] (a-b)"), text), "accepted"],
    [
      "a document alone",
      shows(doc("a")),
      "400 A text block must be included when using documents. Add a text block and retry your request.",
    ],
    ["five documents", shows(...["a", "b", "c", "d", "e"].map((id) => doc(id)), text), "accepted"],
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
    ["a name with a dot", shows(doc("a.txt"), text), name],
    ["a name with an underscore", shows(doc("a_b"), text), name],
    ["a name with two spaces", shows(doc("a  b"), text), name],
    ["a name in another script", shows(doc("données"), text), name],
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
      shows(doc("a", { source: { text: "hi" } }), text),
      "400 DocumentSource object at messages.0.content.0.document.source must set one of the following keys: bytes, s3Location.",
    ],
    [
      "text as the source with citations",
      shows(doc("a", { source: { text: "hi" }, citations: { enabled: true } }), text),
      "accepted",
    ],
    [
      "more than 4.5 MB",
      shows(doc("a", { source: { bytes: bytes("x", 4_800_000) } }), text),
      "400 The document at messages.0.content.0.document.source exceeds the maximum size of 4.5 MB.",
    ],
    ["a document for Kimi K3", shows(doc("a"), text), "400 This model doesn't support documents.", KIMI_K3],
    ["a document behind an unknown ARN", shows(doc("a"), text), "accepted", HIDDEN],
  ]);
});

describe("media in a tool result", () => {
  const brings = (...content: Body[]) =>
    withTools(says("a"), answers(call("123456789")), user(result("123456789", ...content)));
  const refused = (kind: string) =>
    `400 This model doesn't support the ${kind} field that you provided in the toolResult content block.`;
  const clip = film({ bytes: "aGk=" });
  judge([
    ["an image, for Claude", brings(image(RED_PNG)), "accepted", CLAUDE_4_5],
    ["a document, for Claude", brings(doc("a")), "accepted", CLAUDE_4_5],
    ["an image, for Nova", brings(image(RED_PNG)), "accepted", NOVA],
    ["a video, for Nova", brings(clip), "accepted", NOVA],
    ["an image, for Qwen VL", brings(image(RED_PNG)), refused("image"), QWEN_VL],
    ["an image, for Mistral", brings(image(RED_PNG)), refused("image"), MISTRAL_LARGE],
    ["an image, for GPT", brings(image(RED_PNG)), refused("image"), GPT_6],
    ["an image, for Llama 4", brings(image(RED_PNG)), refused("image"), LLAMA_4],
    ["a document, for Qwen", brings(doc("a")), refused("document"), QWEN],
    ["JSON, for Qwen", brings({ json: {} }), "accepted", QWEN],
    ["an image, behind a hidden ARN", brings(image(RED_PNG)), "accepted", HIDDEN],
  ]);
});

describe("media in S3", () => {
  const s3Location = { uri: "s3://bucket/key" };
  const picture = { image: { format: "png", source: { s3Location } } };
  const type = (at: string) => `${byModel}messages.0.content.0.${at}.source.type: Field required`;
  judge([
    ["an image, for Nova", shows(picture, text), "accepted", NOVA],
    ["a video, for Nova", shows(film({ s3Location }), text), "accepted", NOVA],
    ["an image, for Claude", shows(picture, text), type("image"), CLAUDE_4_5],
    [
      "a document, for Claude",
      shows(doc("a", { source: { s3Location } }), text),
      type("document"),
      CLAUDE_4_5,
    ],
    ["an image, for Qwen VL", shows(picture, text), unsupported("image.source.s3Location"), QWEN_VL],
    [
      "audio, for Voxtral",
      shows(sound({ s3Location }), text),
      unsupported("audio.source.s3Location"),
      VOXTRAL,
    ],
    [
      "a document, behind a hidden ARN",
      shows(doc("a", { source: { s3Location } }), text),
      "accepted",
      HIDDEN,
    ],
    [
      "an image in a tool result, for Claude",
      withTools(says("a"), answers(call("1")), user(result("1", picture))),
      `${byModel}messages.2.content.0.toolResult.content.0.image.source.type: Field required`,
      CLAUDE_4_5,
    ],
  ]);
});

describe("search results", () => {
  const found = {
    searchResult: { source: "s", title: "t", content: [{ text: "c" }], citations: { enabled: true } },
  };
  judge([
    ["for Claude", shows(text, found), "accepted", CLAUDE_4_5],
    ["for Nova", shows(text, found), unsupported("searchResult"), NOVA],
  ]);
});
