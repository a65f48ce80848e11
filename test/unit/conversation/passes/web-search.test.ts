import { expect, it } from "vitest";
import { webSearch } from "../../../../src/conversation/passes/web-search.ts";
import { able } from "../../../support/chat-models.ts";
import { asks, offers, tool, WEB_SEARCH } from "../../../support/conversations.ts";

const searches = asks({ toolConfig: { tools: [tool("f"), WEB_SEARCH] } });

it("a search on a model that cannot is refused: an answer without it would look like one with it", () => {
  expect(() => webSearch(searches, able())).toThrow(
    expect.objectContaining({ status: 400, code: "unsupported_parameter", param: "web_search_options" }),
  );
});

it("a search on a model that can passes", () => {
  expect(webSearch(searches, able({ webSearch: true }))).toEqual({ conversation: searches, adjustments: [] });
});

it.each([asks(), asks(offers("nova_grounding"))])("other tools are no search: %j", (asked) => {
  expect(webSearch(asked, able())).toEqual({ conversation: asked, adjustments: [] });
});
