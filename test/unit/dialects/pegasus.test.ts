import { describe, expect, it } from "vitest";
import { pegasus } from "../../../src/dialects/pegasus.ts";
import {
  asks,
  assistant,
  offers,
  S3,
  says,
  system,
  textFormat,
  user,
  video,
} from "../../support/conversations.ts";
import { bodyFor } from "./body-of.ts";
import { foldChunks } from "./fold-events.ts";

const body = bodyFor(pegasus, "twelvelabs.pegasus-1-2-v1:0");

describe("a question about a video", () => {
  it("is a prompt and the video, its bytes untouched", () => {
    const film = video({ bytes: "AAAA\u0000lifted:0" });
    expect(body(says(user(film, "what?")))).toEqual({
      inputPrompt: "what?",
      mediaSource: { base64String: "AAAA\u0000lifted:0" },
    });
    expect(body(says(user("what?", video(S3))))).toEqual({ inputPrompt: "what?", mediaSource: S3 });
  });

  it("keeps zeros, within its bounds", () => {
    const inferenceConfig = { maxTokens: 9000, temperature: 0, topP: 0.5, stopSequences: ["END"] };
    expect(body({ ...says(user(video(), "what?")), inferenceConfig })).toEqual({
      inputPrompt: "what?",
      mediaSource: { base64String: "AAAA" },
      temperature: 0,
      maxOutputTokens: 4096,
    });
  });

  it("tells instructions first, and in a conversation who said what", () => {
    const told = says(user(video(), "what?"), assistant("a cat"), user("which?"));
    expect(body({ ...told, ...system("be brief") })["inputPrompt"]).toBe(
      "User: be brief\n\nwhat?\n\nAssistant: a cat\n\nUser: which?",
    );
  });

  it("is answered by a schema", () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const outputConfig = { textFormat: textFormat(schema) };
    expect(body({ ...says(user(video(), "what?")), outputConfig })["responseFormat"]).toEqual({
      jsonSchema: { ...schema, additionalProperties: false },
    });
  });

  it.each([
    ["no video", asks(), /questions about a video/],
    ["two videos", says(user(video(), video(), "q")), /one video/],
    ["tools", { ...says(user(video(), "q")), ...offers("f") }, /tools/],
  ])("is not one with %s", (_, conversation, message) => {
    const failing = () => body(conversation);
    expect(failing).toThrow(message);
    expect(failing).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe("Pegasus's answer", () => {
  it.each([
    ["stop", "end_turn"],
    ["length", "max_tokens"],
  ])("ends by %s with %s, whole and streamed", (finishReason, stopReason) => {
    const answer = { content: [{ text: "a cat" }], stopReason };
    expect(pegasus.toAnswer({ message: "a cat", finishReason })).toEqual(answer);
    const chunks = [{ message: "a " }, { message: "cat" }, { message: "", finishReason }];
    expect(foldChunks(pegasus, chunks)).toEqual(answer);
  });

  it("is not what has no message", () => {
    expect(pegasus.toAnswer({ text: "no" })).toBeUndefined();
  });
});
