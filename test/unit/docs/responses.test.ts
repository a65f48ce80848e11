import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FOREIGN_ITEMS } from "../../../src/openai/responses/items.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { responseRequest } from "../../support/requests.ts";
import { check, holds, type Wire } from "./holds.ts";
import { HOSTED_TOOLS, ITEMS, RESPONSE_TOOLS } from "./item-samples.ts";
import { keepSamples } from "./kept.ts";
import { hasSchemas, propertiesOf, typesIn } from "./openai-schemas.ts";
import { RESPONSES } from "./response-samples.ts";
import { rejected } from "./sample.ts";
import { tableUnder } from "./tables.ts";

let house: House;
let wire: Wire;
beforeAll(async () => {
  house = await openHouse();
  const filled = await keepSamples(house.handler);
  wire = {
    handler: house.handler,
    asRequest: (body, init) =>
      responseRequest(
        JSON.parse(filled(JSON.stringify({ input: "Hi", ...body }))) as object as typeof body,
        init,
      ),
  };
});
afterAll(() => house.bedrock.close());

describe("the table of the Responses API's parameters", () => {
  holds(
    "Responses",
    RESPONSES,
    (name) => name,
    () => wire,
  );

  it.runIf(hasSchemas)("has every parameter of OpenAI's own schema, and no other", () => {
    expect(Object.keys(RESPONSES).toSorted()).toEqual([...propertiesOf("CreateResponse")].toSorted());
  });

  it.each([
    "messages",
    "max_tokens",
    "max_completion_tokens",
    "response_format",
    "functions",
    "function_call",
  ])("is right that chat's %s is rejected", async (name) => {
    const { error } = await check(rejected({ [name]: 1 }), wire, { name });
    expect(error?.message).toContain("has moved to");
  });
});

describe("the table of items", () => {
  holds(
    "Input items",
    ITEMS,
    () => "input",
    () => wire,
  );

  it.runIf(hasSchemas)("has every item of OpenAI's own schema", () => {
    const told = new Set([...Object.keys(ITEMS), ...FOREIGN_ITEMS, "message"]);
    expect(typesIn("InputItem").filter((type) => !told.has(type))).toEqual([]);
  });

  it("names the items that are left out", () => {
    for (const type of FOREIGN_ITEMS) expect(tableUnder("Input items")).toContain(`\`${type}\``);
  });
});

describe("the table of the Responses API's tools", () => {
  holds(
    "Tools of responses",
    RESPONSE_TOOLS,
    () => "tools",
    () => wire,
  );

  it.runIf(hasSchemas)("has every tool of OpenAI's own schema", () => {
    const told = new Set([...Object.keys(RESPONSE_TOOLS), ...HOSTED_TOOLS]);
    // A tool of OpenAI's is also called by the day that it was made on.
    const types = typesIn("Tool").map((type) => type.replace(/_20\d\d_\d\d_\d\d$/, ""));
    expect(types.filter((type) => !told.has(type))).toEqual([]);
  });

  it("names the tools that are left out", () => {
    for (const type of HOSTED_TOOLS) expect(tableUnder("Tools of responses")).toContain(`\`${type}\``);
  });
});
