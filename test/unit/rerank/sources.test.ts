import { describe, expect, it } from "vitest";
import { createNotes } from "../../../src/reception/notes.ts";
import { textOf, toSources } from "../../../src/rerank/sources.ts";

const read = (documents: (string | Record<string, unknown>)[], rank_fields?: string[]) => {
  const notes = createNotes();
  return { sources: toSources({ documents, rank_fields }, notes), notes: notes.adjustments };
};

describe("what of a document is ranked", () => {
  it("is a string as it stands", () => {
    expect(read(["  Paris \n"]).sources).toEqual(["  Paris \n"]);
  });

  it("is an object's text, as Cohere and Jina have it, and not the ids beside it", () => {
    expect(read([{ text: "Paris", id: 7, url: "https://example.com" }]).sources).toEqual(["Paris"]);
  });

  it("is all of an object that has no text", () => {
    const document = { title: "France", facts: { capital: "Paris" } };
    expect(read([document]).sources).toEqual([document]);
    expect(read([{ text: ["a", "b"] }]).sources).toEqual([{ text: ["a", "b"] }]);
  });

  it("is what rank_fields names, in their order, and nothing else", () => {
    const document = { text: "body", title: "France", secret: "x", author: null };
    const { sources } = read([document], ["title", "author", "text", "missing", "constructor"]);
    expect(JSON.stringify(sources)).toBe('[{"title":"France","text":"body"}]');
    expect(read([document], ["text"]).sources).toEqual(["body"]);
    expect(read([document], []).sources).toEqual(["body"]);
  });

  it.each<[string, string | Record<string, unknown>, string[]?]>([
    ["an empty string", ""],
    ["a blank one", " \n\t"],
    ["a blank text", { text: "" }],
    ["an empty object", {}],
    ["an object without what is ranked", { title: "France" }, ["body"]],
    ["nothing but null", { title: null }],
  ])("does not fail the others for %s", (_, document, fields) => {
    const { sources, notes } = read(["Paris", document], fields);
    expect(sources).toEqual(["Paris", "."]);
    expect(notes).toEqual([{ param: "documents[1]", action: "emulated", reason: expect.any(String) }]);
  });

  it("is never an image's base64, taken for words", () => {
    expect(() => read(["a", { image: "iVBORw0KGgo=" }])).toThrow(
      expect.objectContaining({ status: 400, code: "unsupported_value", param: "documents[1]" }),
    );
    expect(read([{ image: "a.png", title: "Paris" }]).sources).toEqual([{ image: "a.png", title: "Paris" }]);
  });
});

describe("an object as text", () => {
  it("has a line for each member, in their order", () => {
    const document = {
      title: "France: a guide",
      year: 1998,
      isOld: true,
      tags: ["a", "b"],
      by: { name: "X" },
    };
    expect(textOf(document)).toBe(
      'title: France: a guide\nyear: 1998\nisOld: true\ntags: ["a","b"]\nby: {"name":"X"}',
    );
    expect(textOf("Paris")).toBe("Paris");
  });
});
