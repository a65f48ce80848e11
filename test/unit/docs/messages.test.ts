import { describe, expect, it } from "vitest";
import { messagesShape } from "../../../src/anthropic/request.ts";
import { createBedrockOpenAIHandler } from "../../../src/index.ts";
import { messageRequest } from "../../support/requests.ts";
import { ANTHROPIC_TOOLS, BLOCKS, FOREIGN_BLOCKS, FOREIGN_TOOLS, MESSAGES_API } from "./anthropic-samples.ts";
import { holds, type Wire } from "./holds.ts";
import { tableUnder } from "./tables.ts";

const wire: Wire = {
  handler: createBedrockOpenAIHandler({ region: "us-east-1" }),
  asRequest: messageRequest,
};

describe("the table of Anthropic's parameters", () => {
  holds(
    "Anthropic's Messages",
    MESSAGES_API,
    (name) => name,
    () => wire,
  );

  it("has every parameter that the schema knows", () => {
    expect(Object.keys(MESSAGES_API)).toEqual(expect.arrayContaining(Object.keys(messagesShape)));
  });
});

describe("the table of Anthropic's blocks", () => {
  holds(
    "Blocks",
    BLOCKS,
    () => "messages",
    () => wire,
  );

  it("names the blocks that are left out", () => {
    for (const type of FOREIGN_BLOCKS) expect(tableUnder("Blocks")).toContain(`\`${type}\``);
  });
});

describe("the table of Anthropic's tools", () => {
  holds(
    "Anthropic's tools",
    ANTHROPIC_TOOLS,
    () => "tools",
    () => wire,
  );

  it("names the tools that are left out", () => {
    for (const type of FOREIGN_TOOLS)
      expect(tableUnder("Anthropic's tools")).toContain(`\`${type.replace(/_\d+$/, "")}\``);
  });
});
