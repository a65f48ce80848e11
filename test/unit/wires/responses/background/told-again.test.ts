import { describe, it, expect } from "vitest";
import type { OutputItem, ResponseObject } from "../../../../../src/openai/responses/response.ts";
import { createResponseFrames } from "../../../../../src/wires/responses/frames.ts";
import { endEvents } from "../../../../../src/wires/responses/background/ends.ts";
import { toldAgain } from "../../../../../src/wires/responses/background/told-again.ts";
import { openResponse } from "../../../../../src/wires/responses/reply/opening.ts";
import { checkResponseEvents, eventsOf } from "../../../../support/response-events.ts";

const HEAD = { id: "resp_1", createdAt: 1_700_000_000, model: "amazon.nova-pro-v1:0" };

const responseOf = (output: OutputItem[], more: Partial<ResponseObject> = {}): ResponseObject => ({
  ...openResponse({ model: "m", input: "Hi" }, HEAD),
  status: "completed",
  completed_at: 1_700_000_001,
  output,
  ...more,
});

const CITATION = {
  type: "url_citation",
  start_index: 0,
  end_index: 2,
  title: "T",
  url: "https://a.example",
} as const;

const ITEMS: Readonly<Record<string, OutputItem>> = {
  text: {
    type: "message",
    id: "msg_1",
    status: "completed",
    role: "assistant",
    content: [
      { type: "output_text", text: "Yes.", annotations: [CITATION, CITATION], logprobs: [] },
      { type: "output_text", text: "And no.", annotations: [], logprobs: [] },
    ],
  },
  "an empty text": {
    type: "message",
    id: "msg_1",
    status: "completed",
    role: "assistant",
    content: [{ type: "output_text", text: "", annotations: [], logprobs: [] }],
  },
  reasoning: {
    type: "reasoning",
    id: "rs_1",
    summary: [
      { type: "summary_text", text: "Hm." },
      { type: "summary_text", text: "Ah." },
    ],
    encrypted_content: "bo1.x",
    status: "completed",
  },
  "reasoning that nobody reads": { type: "reasoning", id: "rs_1", summary: [], status: "completed" },
  "a call": {
    type: "function_call",
    id: "fc_1",
    call_id: "call_1",
    name: "look",
    arguments: '{"at":1}',
    status: "completed",
  },
  "a custom call": {
    type: "custom_tool_call",
    id: "ctc_1",
    call_id: "call_1",
    name: "patch",
    input: "*** Begin",
    status: "completed",
  },
};

const toldFrom = (response: ResponseObject) =>
  eventsOf(createResponseFrames()(toldAgain(response, endEvents(response))));

describe("a response that is told again", () => {
  it.each(Object.entries(ITEMS))("with %s keeps every rule of a stream and ends as it stands", (_, item) => {
    const response = responseOf([item]);
    expect(checkResponseEvents(toldFrom(response))).toEqual(JSON.parse(JSON.stringify(response)));
  });

  it("with all of them tells them in order", () => {
    const output = [ITEMS["reasoning"]!, ITEMS["text"]!, ITEMS["a call"]!];
    expect(checkResponseEvents(toldFrom(responseOf(output))).output).toEqual(output);
  });

  it("with an item that only AWS knows tells it whole", () => {
    const item: OutputItem = {
      type: "web_search_call",
      id: "ws_1",
      status: "completed",
      action: { type: "search" },
    };
    const events = toldFrom(responseOf([item]));
    expect(events.filter(({ item: told }) => told).map(({ type, item: told }) => [type, told])).toEqual([
      ["response.output_item.added", item],
      ["response.output_item.done", item],
    ]);
  });

  it("begins as nobody knew yet how it would end", () => {
    const response = responseOf([], {
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      completed_at: null,
    });
    const [created] = toldFrom(response);
    expect(created!.response).toMatchObject({ status: "in_progress", incomplete_details: null, output: [] });
    expect(created!.response).not.toHaveProperty("usage");
  });

  it("that failed tells why", () => {
    const error = { code: "rate_limit_exceeded", message: "Too many requests." };
    const events = toldFrom(responseOf([], { status: "failed", error, completed_at: null }));
    expect(events.slice(-2)).toMatchObject([
      { type: "error", ...error, error },
      { type: "response.failed", response: { status: "failed", error } },
    ]);
  });
});
