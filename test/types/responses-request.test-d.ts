import type OpenAI7 from "openai";
import type OpenAI6 from "openai6";
import type * as z from "../../src/schema/z.ts";
import { describe, expectTypeOf, it } from "vitest";
import type { FOREIGN_ITEMS, ItemKind } from "../../src/openai/responses/items.ts";
import type { InputPart } from "../../src/openai/responses/parts.ts";
import type { include } from "../../src/openai/responses/request.ts";

type Known = ItemKind | (typeof FOREIGN_ITEMS)[number];

type KindIn<Item> = NonNullable<Extract<Item, { type?: unknown }>["type"]>;

describe("OpenAI's types and ours, of requests for responses", () => {
  it("every item that a client may send is known by its kind", () => {
    expectTypeOf<KindIn<OpenAI7.Responses.ResponseInputItem>>().toExtend<Known>();
    expectTypeOf<KindIn<OpenAI6.Responses.ResponseInputItem>>().toExtend<Known>();
  });

  it("so is every part of a message, and all that may be included", () => {
    expectTypeOf<OpenAI7.Responses.ResponseInputContent["type"]>().toExtend<InputPart["type"]>();
    expectTypeOf<OpenAI7.Responses.ResponseIncludable>().toEqualTypeOf<z.output<typeof include>[number]>();
  });
});
