import { describe, expect, it } from "vitest";
import { refusedFields } from "../../../../src/conversation/passes/refused-fields.ts";
import type { JsonObject } from "../../../../src/conversation/types.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, fields } from "../../../support/conversations.ts";

const fitted = (given: JsonObject, refused: readonly string[][], anthropicBeta = true) =>
  refusedFields(asks(fields(given)), able({ refusedFields: refused, anthropicBeta }));
const note = (param: string) => ({
  param,
  action: "dropped",
  reason: "This model is known to refuse this field.",
});

describe("a field that a model is known to refuse", () => {
  it("is left out, and a note says so", () => {
    expect(fitted({ a: 1, b: 2 }, [["a"], ["c"]])).toEqual({
      conversation: asks(fields({ b: 2 })),
      adjustments: [note("a")],
    });
  });

  it("is left out however deep it stands, and what is beside it stays", () => {
    expect(fitted({ thinking: { type: "adaptive", display: "omitted" } }, [["thinking", "display"]])).toEqual(
      {
        conversation: asks(fields({ thinking: { type: "adaptive" } })),
        adjustments: [note("thinking.display")],
      },
    );
  });

  it("with dots in its name is one field, not a way into another", () => {
    expect(fitted({ "a.b": 1, a: { b: 2 } }, [["a.b"]]).conversation).toEqual(asks(fields({ a: { b: 2 } })));
  });

  it("takes an object with it of which nothing is left", () => {
    expect(
      fitted({ thinking: { display: "omitted" }, a: 1 }, [["thinking", "display"]]).conversation,
    ).toEqual(asks(fields({ a: 1 })));
  });

  it("leaves no empty object of fields behind", () => {
    expect(fitted({ a: 1 }, [["a"]]).conversation).toEqual(asks());
  });

  it("is left out together with others", () => {
    expect(fitted({ a: 1, b: 2, c: 3 }, [["c"], ["a"]])).toEqual({
      conversation: asks(fields({ b: 2 })),
      adjustments: [note("c"), note("a")],
    });
  });

  it.each([
    [{ b: 1 }, [["a"]]],
    [{ a: "text" }, [["a", "b"]]],
    [{ a: ["b"] }, [["a", "b"]]],
    [{ a: null }, [["a", "b"]]],
    [{ a: { b: 1 } }, [["a.b"]]],
    [{ a: 1 }, [["constructor"], ["__proto__"], ["toString", "name"], [""], []]],
  ])("that is not there changes nothing: %j without %j", (given, refused) => {
    const asked = asks(fields(given));
    expect(refusedFields(asked, able({ refusedFields: refused, anthropicBeta: true }))).toEqual({
      conversation: asked,
      adjustments: [],
    });
  });
});

describe("anthropic_beta", () => {
  it("is Claude's alone; whoever else is sent it refuses", () => {
    expect(fitted({ anthropic_beta: ["x"], a: 1 }, [], false)).toEqual({
      conversation: asks(fields({ a: 1 })),
      adjustments: [note("anthropic_beta")],
    });
    expect(fitted({ anthropic_beta: ["x"] }, []).adjustments).toEqual([]);
  });
});

it("has nothing to do where no fields are given", () => {
  expect(refusedFields(asks(), able({ refusedFields: [["a"]] }))).toEqual({
    conversation: asks(),
    adjustments: [],
  });
});
