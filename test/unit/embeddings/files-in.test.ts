import { describe, expect, it } from "vitest";
import { filesIn } from "../../../src/embeddings/files-in.ts";
import { dataUrl, PNG } from "./samples.ts";

describe("a body's files", () => {
  it.each<[string, unknown, string[]]>([
    ["a data URL", dataUrl(PNG), [dataUrl(PNG)]],
    ["data URLs in a list", ["a", dataUrl(PNG)], [dataUrl(PNG)]],
    ["pieces", [{ image: PNG }, { audio: { url: "u" } }], [PNG, "u"]],
    ["pieces of one vector", { content: [{ text: "a" }, { image_url: { url: PNG } }] }, [PNG]],
    ["sound", { input_audio: { data: "AAAA", format: "wav" } }, ["AAAA", "wav"]],
  ])("are those of %s", (_, input, files) => {
    expect(filesIn({ input })).toEqual(files);
  });

  it.each<[string, unknown]>([
    ["text", PNG],
    ["text in a list", [PNG, PNG]],
    ["text of a piece, whatever it looks like", [{ text: dataUrl(PNG) }, { content: [{ text: PNG }] }]],
    ["a data URL of no picture, which is embedded as text", dataUrl(PNG, "application/pdf")],
    ["token ids", [1, 2]],
    ["nothing", undefined],
  ])("are none of %s", (_, input) => {
    expect(filesIn({ input })).toEqual([]);
  });

  it.each([null, undefined, 1, "input", [], [{ input: dataUrl(PNG) }], { messages: [dataUrl(PNG)] }])(
    "are none of what is no request: %j",
    (body) => {
      expect(filesIn(body)).toEqual([]);
    },
  );
});

it("fifty thousand pieces at the bottom of two thousand lists hold nobody up", () => {
  let input: unknown = Array.from({ length: 50_000 }, () => ({ image: "AAAA" }));
  for (let depth = 0; depth < 2_000; depth += 1) input = [input];
  const begun = performance.now();
  expect(filesIn({ input })).toHaveLength(50_000);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
