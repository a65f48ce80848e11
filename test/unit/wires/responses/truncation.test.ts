import { describe, expect, it } from "vitest";
import { NO_ATTACHMENTS } from "../../../../src/http/attachments.ts";
import { responsesRequest } from "../../../../src/openai/responses/request.ts";
import type { AskedResponse } from "../../../../src/wires/responses/asked.ts";
import { shortened } from "../../../../src/wires/responses/truncation.ts";

const asking = (...items: object[]): AskedResponse => ({
  request: responsesRequest.parse({ model: "m", truncation: "auto" }),
  items: items.map((item, index) => ({ item: { ...item }, at: `input[${index}]` })),
  input: [],
  chain: { ids: [], size: 0 },
  attachments: NO_ATTACHMENTS,
});

const user = (content: string) => ({ role: "user", content });
const bot = (content: string) => ({ role: "assistant", content });

const left = (...items: object[]): string[] | undefined =>
  shortened(asking(...items), 1 / 2)?.items.map(({ at }) => at);

describe("a shortened conversation", () => {
  it("begins with a turn of the user's, at about half of what was said", () => {
    expect(left(user("a"), bot("b"), user("c"), bot("d"), user("e"), bot("f"), user("g"))).toEqual([
      "input[4]",
      "input[5]",
      "input[6]",
    ]);
    expect(left(user("a".repeat(900)), bot("b"), user("c"), bot("d"), user("e"))).toHaveLength(3);
  });

  it("keeps its last turn, however long that is", () => {
    expect(left(user("a"), bot("b"), user("c".repeat(900)))).toEqual(["input[2]"]);
    expect(left(user("c"), bot("d"))).toBeUndefined();
    expect(left({ role: "developer", content: "x" }, user("c"))).toBeUndefined();
  });

  it("keeps its instructions, and what is left of a history that was compacted", () => {
    const summary = { type: "compaction", encrypted_content: "x" };
    const rules = { role: "developer", content: "x" };
    expect(left(rules, summary, user("a"), bot("b"), user("c"))).toEqual([
      "input[0]",
      "input[1]",
      "input[4]",
    ]);
  });

  it("holds no result whose call is gone", () => {
    const call = { type: "function_call", call_id: "a", name: "f", arguments: "{}" };
    const result = { type: "function_call_output", call_id: "a", output: "x" };
    expect(left(user("a"), call, user("wait"), result, bot("b"))).toEqual(["input[2]", "input[4]"]);
  });

  it("tells how much was left out, whatever share was asked for", () => {
    const asked = asking(...Array.from({ length: 16 }, (_, index) => user(`turn ${index + 10}`)));
    const lengths = [3 / 4, 1 / 2, 1 / 4, 0].map((share) => shortened(asked, share)!);
    expect(lengths.map(({ items, omitted }) => [items.length, omitted])).toEqual([
      [12, 4],
      [8, 8],
      [4, 12],
      [1, 15],
    ]);
  });
});
