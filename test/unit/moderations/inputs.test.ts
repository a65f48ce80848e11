import { describe, expect, it } from "vitest";
import { NO_ATTACHMENTS } from "../../../src/http/attachments.ts";
import { filesIn, toContent, toInputs, urlsIn } from "../../../src/moderations/inputs.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUg==";
const image = (url: string) => ({ type: "image_url" as const, image_url: { url } });
const text = (said: string) => ({ type: "text" as const, text: said });

describe("inputs", () => {
  it("are one text, or each of several by itself", () => {
    expect(toInputs("a")).toEqual([{ at: "input", pieces: [{ kind: "text", data: "a", at: "input" }] }]);
    expect(toInputs(["a", "b"]).map(({ at }) => at)).toEqual(["input[0]", "input[1]"]);
  });

  it("are one where they are the parts of one message", () => {
    expect(toInputs([text("a"), image("https://x/y.png"), { type: "image_url", image_url: PNG }])).toEqual([
      {
        at: "input",
        pieces: [
          { kind: "text", data: "a", at: "input[0].text" },
          { kind: "image", data: "https://x/y.png", at: "input[1].image_url.url" },
          { kind: "image", data: PNG, at: "input[2].image_url" },
        ],
      },
    ]);
  });

  it("name each URL once, by its first place", () => {
    const inputs = toInputs([
      image("https://x/a"),
      image("https://x/a"),
      image(`data:image/png;base64,${PNG}`),
    ]);
    expect([...urlsIn(inputs)]).toEqual([["https://x/a", "input[0].image_url.url"]]);
  });

  it("are searched for files before anything is validated", () => {
    expect([
      ...filesIn({ input: [image("a"), { image_url: "b" }, "c", null, { image_url: 5 }, text("d")] }),
    ]).toEqual(["a", "b"]);
    for (const body of [null, [], "x", { input: "data:x" }, { input: null }])
      expect([...filesIn(body)]).toEqual([]);
  });
});

describe("content for a guardrail", () => {
  const content = (...parts: (ReturnType<typeof text> | ReturnType<typeof image>)[]) =>
    toContent(
      toInputs(parts)[0]!,
      new Map([["https://x/y", { bytes: "/9j/4AAQ", mediaType: "image/png" }]]),
      NO_ATTACHMENTS,
    );

  it("tells images by their bytes, not by what they are called", () => {
    expect(
      content(text("see"), image(`data:image/jpeg;base64,${PNG}`), image("https://x/y"), image(PNG)),
    ).toEqual([
      { text: { text: "see" } },
      { image: { format: "png", source: { bytes: PNG } } },
      { image: { format: "jpeg", source: { bytes: "/9j/4AAQ" } } },
      { image: { format: "png", source: { bytes: PNG } } },
    ]);
  });

  it.each([
    ["WebP", "data:image/webp;base64,UklGRg=="],
    ["GIF", "data:image/png;base64,R0lGODlh"],
    ["what is no image", "data:image/png;base64,AAAA"],
    ["a document", "data:application/pdf;base64,JVBERi0="],
    ["S3", "s3://bucket/key.png"],
    ["nothing", "hello there!"],
  ])("is not %s", (_, url) => {
    expect(() => content(text("a"), image(url))).toThrow(
      expect.objectContaining({ status: 400, param: "input[1].image_url.url" }),
    );
  });
});
