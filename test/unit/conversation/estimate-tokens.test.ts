import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../../src/conversation/estimate-tokens.ts";
import type { ContentBlock, Conversation } from "../../../src/conversation/types.ts";

const said = (...content: ContentBlock[]): Conversation => ({ messages: [{ role: "user", content }] });
const text = (words: string): number => estimateTokens(said({ text: words }));

describe("the guess", () => {
  it("is never 0, and never less for more text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (one, more) => {
        expect(text(one)).toBeGreaterThan(0);
        expect(text(one + more)).toBeGreaterThanOrEqual(text(one));
      }),
    );
    expect(estimateTokens({ messages: [] })).toBeGreaterThan(0);
  });

  it("is not too low by far for scripts whose letters are words", () => {
    // Vendors count about one token for each of these.
    expect(text("数".repeat(1_000))).toBeGreaterThan(800);
    expect(text("🙂".repeat(1_000))).toBeGreaterThan(1_000);
    expect(text("word ".repeat(1_000))).toBeGreaterThan(1_000);
  });

  it("does not take base64 for words, nor words in base64 for a picture", () => {
    const bytes = "A".repeat(400_000);
    const picture = estimateTokens(said({ image: { format: "png", source: { bytes } } }));
    expect(picture).toBeLessThan(2_000);
    const table = estimateTokens(said({ document: { format: "csv", name: "a", source: { bytes } } }));
    expect(table).toBeGreaterThan(80_000);
    const film = { format: "mp4", source: { s3Location: { uri: "s3://a/b" } } } as const;
    expect(estimateTokens(said({ video: film }))).toBeGreaterThan(1_600);
  });

  it("asks for the size of a file that stands elsewhere", () => {
    const document = { format: "txt", name: "a", source: { bytes: "token" } } as const;
    expect(estimateTokens(said({ document }), () => 350_000)).toBeGreaterThan(100_000);
  });

  it("counts what callers call a source as what it is: words", () => {
    const json = { source: { type: "string", description: "where from ".repeat(1_000) } };
    const tools = [{ toolSpec: { name: "find", inputSchema: { json: { properties: json } } } }];
    const counted = estimateTokens({ ...said({ text: "a" }), toolConfig: { tools } });
    expect(counted).toBeGreaterThan(3_000);
    expect(estimateTokens({ ...said({ text: "a" }), toolConfig: { tools: [] } })).toBeLessThan(100);
    const nothing = said({ toolUse: { toolUseId: "a", name: "b", input: { source: null } } });
    expect(estimateTokens(nothing)).toBeLessThan(100);
  });

  it("counts the system prompt and text that documents are given as", () => {
    const words = "word ".repeat(1_000);
    expect(estimateTokens({ ...said({ text: "a" }), system: [{ text: words }] })).toBeGreaterThan(1_000);
    const document = { name: "a", source: { text: words } };
    expect(estimateTokens(said({ document }))).toBeGreaterThan(1_000);
  });
});
