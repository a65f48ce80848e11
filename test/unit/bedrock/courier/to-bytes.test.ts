import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asWritten, toBytes } from "../../../../src/bedrock/courier/to-bytes.ts";
import type { Conversation } from "../../../../src/conversation/types.ts";
import { NO_ATTACHMENTS } from "../../../../src/http/attachments.ts";

const textOf = (conversation: unknown, files = NO_ATTACHMENTS): string =>
  new TextDecoder("utf-8", { fatal: true }).decode(toBytes(conversation as Conversation, files));

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a conversation as bytes", () => {
  it("is what JSON.stringify makes of it, in the same order", () => {
    const json = fc.jsonValue({ stringUnit: "binary" });
    const maybe = fc.option(json, { nil: undefined });
    const conversation = fc
      .record(
        { messages: fc.array(json, { maxLength: 5 }), system: maybe, toolConfig: maybe, ['a"’']: maybe },
        { requiredKeys: [] },
      )
      .chain((value) =>
        fc
          .shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length })
          .map((entries) => Object.fromEntries(entries)),
      );
    fc.assert(
      fc.property(conversation, (value) => {
        const json = JSON.stringify(value);
        fc.pre(!/\\ud[89a-f]/.test(json));
        expect(textOf(value)).toBe(json);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown]>([
    ["nothing", {}],
    ["more messages than a call has arguments", { messages: Array.from({ length: 300_000 }, () => ({})) }],
    ["no messages", { messages: [] }],
    ["messages last", { system: [{ text: "’" }], messages: [{ role: "user", content: [] }] }],
    ["what is not set", { messages: [{ a: undefined }], system: undefined }],
    ["characters of one to four bytes", { messages: [{ text: "aé’🌍\u2028\u0000" }, { text: "plain" }] }],
  ])("%s", (_, value) => expect(textOf(value)).toBe(JSON.stringify(value)));

  it.each([
    ["\ud83d", "\ufffd"],
    ["a\udc00b\ud83d", "a\ufffdb\ufffd"],
    ["\\ud83d", "\\ud83d"],
    ["\\\ud83d", "\\\ufffd"],
    ["🌍", "🌍"],
  ])("mends halves of characters and nothing else: %j", (given, expected) => {
    const at = (text: string) => ({ messages: [{ text }], system: [{ text }] });
    expect(JSON.parse(textOf(at(given)))).toEqual(at(expected));
  });

  it("has the files where their tokens stand, also several in one text", () => {
    const attachments = { prefix: ".attachment-x-", files: [encode("BBBB"), encode("CCCC==")] };
    const messages = [
      { content: [{ text: "’" }, { image: { source: { bytes: "AA.attachment-x-1." } } }] },
      { content: [{ text: ".attachment-x-0. and .attachment-x-0..attachment-x-1." }] },
      { content: [{ text: ".attachment-y-0." }] },
    ];
    const expected = [
      { content: [{ text: "’" }, { image: { source: { bytes: "AACCCC==" } } }] },
      { content: [{ text: "BBBB and BBBBCCCC==" }] },
      { content: [{ text: ".attachment-y-0." }] },
    ];
    const conversation = { messages, additionalModelRequestFields: { a: ".attachment-x-0." } } as never;
    const whole = { messages: expected, additionalModelRequestFields: { a: "BBBB" } };
    expect(textOf(conversation, attachments)).toBe(JSON.stringify(whole));
    expect(asWritten(conversation, attachments)).toEqual(whole);
  });
});
