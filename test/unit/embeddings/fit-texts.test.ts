import { describe, expect, it } from "vitest";
import { fitTexts } from "../../../src/embeddings/fit-texts.ts";
import type { Input } from "../../../src/embeddings/family.ts";
import { createNotes } from "../../../src/reception/notes.ts";
import {
  ALL,
  COHERE_V3,
  COHERE_V4,
  family,
  image,
  input,
  MARENGO_3,
  NOVA,
  settings,
  thrownBy,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
} from "./samples.ts";

const fit = (
  model: string,
  given: Input,
  own: object = {},
): { pieces: Input["pieces"]; notes: [string, string][] } => {
  const notes = createNotes();
  const [fitted] = fitTexts([given], family(model), settings({ own: { ...own } }), notes);
  return {
    pieces: fitted!.pieces,
    notes: notes.adjustments.map(({ param, action }) => [param, action]),
  };
};

describe("a blank text", () => {
  it.each([TITAN_V1, TITAN_V2, TITAN_IMAGE, NOVA, MARENGO_3])(
    "is a full stop for %s, and that is said",
    (model) => {
      for (const blank of [" ", "\n\t", "\u00a0"])
        expect(fit(model, input(blank))).toEqual({ pieces: [{ text: "." }], notes: [["input", "emulated"]] });
    },
  );

  it.each([COHERE_V3, COHERE_V4])("is let be where it is taken: %s", (model) => {
    expect(fit(model, input(" "))).toEqual({ pieces: [{ text: " " }], notes: [] });
  });

  it("changes nothing of what stands beside it", () => {
    expect(fit(TITAN_IMAGE, input(" ", image())).pieces).toEqual([{ text: "." }, image()]);
  });
});

describe("a text that is too long", () => {
  it("is cut for Cohere 3 where it would be cut, and that is said", () => {
    const text = `${"a".repeat(2000)}${"b".repeat(100)}`;
    expect(fit(COHERE_V3, input(text))).toEqual({
      pieces: [{ text: text.slice(0, 2048) }],
      notes: [["input", "clamped"]],
    });
    expect(fit(COHERE_V3, input(text), { truncate: "START" }).pieces).toEqual([{ text: text.slice(-2048) }]);
    expect(fit(COHERE_V3, input(text.slice(0, 2048)))).toEqual({
      pieces: [{ text: text.slice(0, 2048) }],
      notes: [],
    });
  });

  it.each([{}, { truncate: "START" }])("is never cut within a character: %j", (own) => {
    const [{ text = "" } = {}] = fit(COHERE_V3, input(`a${"👋".repeat(1100)}b`), own).pieces;
    expect(text).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
    expect(text.length).toBe(2047);
  });

  it.each<[string, number, object]>([
    [COHERE_V3, 2048, { truncate: "NONE" }],
    [TITAN_V1, 50_000, {}],
    [TITAN_V2, 50_000, {}],
    [TITAN_V2, 50_000, { truncate: "END" }],
  ])("is refused where nothing is to be cut: %s", (model, max, own) => {
    expect(fit(model, input("a".repeat(max)), own).notes).toEqual([]);
    expect(thrownBy(() => fit(model, input("a".repeat(max + 1)), own))).toMatchObject({
      status: 400,
      code: "string_above_max_length",
      param: "input",
      message: expect.stringContaining(String(max)),
    });
  });
});

it.each(ALL)("an ordinary text goes to %s as it is, and is the same object", (model) => {
  const given = input("Hello, 世界 👋\n");
  expect(fitTexts([given], family(model), settings(), createNotes())[0]).toBe(given);
});
