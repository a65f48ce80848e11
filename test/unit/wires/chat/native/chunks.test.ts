import { afterEach, describe, expect, it, vi } from "vitest";
import type { JsonObject } from "../../../../../src/conversation/types.ts";
import { createChunkEditor } from "../../../../../src/wires/chat/native/chunks.ts";
import { FRAMES } from "../../../../../src/wires/chat/native/outlets.ts";
import { originOf } from "./origin.ts";

const HEAD = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "theirs" };
const chunk = (delta: JsonObject, finish_reason: string | null = null, more: JsonObject = {}): string =>
  JSON.stringify({ ...HEAD, choices: [{ index: 0, delta, finish_reason }], ...more });

/** What the caller gets of chunks. */
function told(texts: string[], { family = "openai.gpt-6-sol", usage = false } = {}) {
  const editor = createChunkEditor(originOf(family), usage, FRAMES);
  const chunks = texts.flatMap((text) => editor.push(text) ?? []);
  const all = [...chunks, ...(editor.end() === undefined ? [] : [editor.end()!])];
  const parsed = all.map((text) => JSON.parse(text) as JsonObject & { choices: JsonObject[] });
  return {
    parsed,
    complete: editor.complete,
    deltas: parsed.flatMap(({ choices }) => choices[0]?.["delta"] ?? []),
  };
}

const START = chunk({ role: "assistant", content: "" });
const END = chunk({}, "stop");

afterEach(() => void vi.restoreAllMocks());

describe("an answer", () => {
  it("has begun with its first word, call or thought, and not by saying who speaks", () => {
    const editor = createChunkEditor(originOf(), false, FRAMES);
    editor.push(START);
    expect(editor.begun).toBe(false);
    editor.push(chunk({ content: "Hi" }));
    expect(editor.begun).toBe(true);
  });
});

describe("a piece of text", () => {
  it("is not read at all, and tells the resolved id all the same", () => {
    const editor = createChunkEditor(originOf(), false, FRAMES);
    editor.push(START);
    const parse = vi.spyOn(JSON, "parse");
    const said = '"model":"theirs" \\"tool_calls\\": {"finish_reason":null} "role"';
    const pieces = Array.from({ length: 100 }, () => editor.push(chunk({ content: said }))!);
    expect(parse).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    for (const piece of pieces)
      expect(JSON.parse(piece)).toEqual({
        ...JSON.parse(chunk({ content: said })),
        model: "us.openai.gpt-6-sol",
      });
  });

  it("keeps its likelihoods", () => {
    const logprobs = { content: [{ token: "Hi", logprob: -1, bytes: null, top_logprobs: [] }] };
    const said = JSON.stringify({
      ...HEAD,
      choices: [{ index: 0, delta: { content: "Hi" }, logprobs, finish_reason: null }],
    });
    expect(told([START, said, END]).parsed[1]!.choices[0]).toMatchObject({ logprobs });
  });

  it.each([true, false])("says that nothing is counted yet to whom asked only (asked: %s)", (usage) => {
    const uncounted = { usage: null };
    const texts = [
      chunk({ role: "assistant", content: "" }, null, uncounted),
      chunk({ content: "Hi" }, null, uncounted),
    ];
    const counted = JSON.stringify({ ...HEAD, choices: [], usage: { prompt_tokens: 1 } });
    const { parsed } = told([...texts, chunk({}, "stop", uncounted), counted], { usage });
    expect(parsed.map((each) => each["usage"])).toEqual(
      usage ? [null, null, null, { prompt_tokens: 1 }] : [undefined, undefined, undefined],
    );
  });

  it("in another spelling is read, and said the same", () => {
    const spaced = JSON.stringify(JSON.parse(chunk({ content: "Hi" })), undefined, 1);
    const { parsed, deltas } = told([START, spaced, END]);
    expect(deltas[1]).toEqual({ content: "Hi" });
    expect(new Set(parsed.map(({ model }) => model))).toEqual(new Set(["us.openai.gpt-6-sol"]));
  });
});

describe("thoughts", () => {
  const SAID = "<reasoning>Let me see.</reasoning>\n\nA <reasoning> tag.";
  it.each([1, 2, 5, 9, 100])(
    "are told apart wherever their tags are torn (%d characters at once)",
    (size) => {
      const pieces = SAID.match(new RegExp(`[^]{1,${size}}`, "g"))!.map((content) => chunk({ content }));
      const { deltas, complete } = told([START, ...pieces, END], { family: "openai.gpt-oss-120b-1:0" });
      const all = (name: string): string => deltas.map((delta) => (delta as JsonObject)[name] ?? "").join("");
      expect([all("reasoning"), all("reasoning_content"), all("content")]).toEqual([
        "Let me see.",
        "Let me see.",
        "A <reasoning> tag.",
      ]);
      expect(complete).toBe(true);
    },
  );

  it("that never end are not lost", () => {
    const { deltas } = told([START, chunk({ content: "<reasoning>Hm <" }), chunk({}, "length")], {
      family: "openai.gpt-oss-20b-1:0",
    });
    expect(deltas.map((delta) => (delta as JsonObject)["reasoning"] ?? "").join("")).toBe("Hm <");
  });

  it.each(["reasoning", "reasoning_content"])("under one name (%s) are heard under both", (name) => {
    expect(told([START, chunk({ [name]: "Hm", content: null }), END]).deltas[1]).toEqual({
      reasoning: "Hm",
      reasoning_content: "Hm",
    });
  });
});

describe("calls", () => {
  const call = (index: number, id: string | undefined, name: string | undefined, json: string) =>
    chunk({
      tool_calls: [
        {
          index,
          ...(id !== undefined && { id, type: "function" }),
          function: { ...(name && { name }), arguments: json },
        },
      ],
    });
  const calls = (texts: string[]) =>
    told([START, ...texts, chunk({}, "stop")]).parsed.flatMap(({ choices }) => {
      const { tool_calls: made = [] } = choices[0]!["delta"] as { tool_calls?: JsonObject[] };
      return made;
    });

  it("under positional ids get ids of their own, the same for all pieces of a call", () => {
    const made = calls([
      call(0, "call_0", "f", ""),
      call(0, "call_0", "f", '{"a":'),
      call(0, undefined, undefined, "1}"),
      call(1, "call_1", "g", "{}"),
    ]);
    expect(made).toEqual([
      { index: 0, id: "call_own_1", type: "function", function: { name: "f", arguments: "" } },
      { index: 0, function: { arguments: '{"a":' } },
      { index: 0, function: { arguments: "1}" } },
      { index: 1, id: "call_own_2", type: "function", function: { name: "g", arguments: "{}" } },
    ]);
  });

  it("keep ids that are their own, and are numbered from 0 without a gap", () => {
    const made = calls([call(3, "call_Xy9abcd", "f", "{}"), call(7, "toolu_0123456", "g", "{}")]);
    expect(made.map(({ index, id }) => [index, id])).toEqual([
      [0, "call_Xy9abcd"],
      [1, "toolu_0123456"],
    ]);
  });

  it("without arguments are given empty ones before the end, and only those", () => {
    const made = calls([call(0, "call_abcdefg", "f", ""), call(1, "call_hijklmn", "g", "{}")]);
    expect(made.at(-1)).toEqual({ index: 0, function: { arguments: "{}" } });
    expect(made).toHaveLength(3);
  });

  it("end in tool_calls, whatever a forced call ends with", () => {
    const { parsed } = told([START, call(0, "call_abcdefg", "f", "{}"), chunk({}, "stop")]);
    expect(parsed.at(-1)!.choices[0]!["finish_reason"]).toBe("tool_calls");
  });
});

describe("a stream", () => {
  it("begins with a role and says it once", () => {
    const { deltas } = told([chunk({ content: "Hi" }), chunk({ role: "assistant", content: "!" }), END]);
    expect(deltas).toEqual([{ role: "assistant", content: "Hi" }, { content: "!" }, {}]);
  });

  it.each([
    ["model_length", "length"],
    ["eos", "stop"],
    ["content_filter", "content_filter"],
    ["constructor", "stop"],
  ])("that ends with %s ends with %s, once", (theirs, ours) => {
    const { parsed } = told([START, chunk({}, theirs), chunk({}, theirs)]);
    expect(parsed.map(({ choices }) => choices[0]!["finish_reason"])).toEqual([null, ours]);
  });

  it("is not complete before it has said how it ended", () => {
    expect(told([START, chunk({ content: "Hi" })]).complete).toBe(false);
    expect(told([]).complete).toBe(false);
  });

  it("leaves out chunks that say nothing", () => {
    const empty = [JSON.stringify(HEAD), JSON.stringify({ ...HEAD, choices: [] }), chunk({}), "null", "1"];
    expect(told([START, ...empty, END]).parsed).toHaveLength(2);
  });

  it("has one head, also where AWS gives none", () => {
    const bare = [{ role: "assistant" }, { content: "a" }, { content: "b" }].map((delta) =>
      JSON.stringify({ choices: [{ index: 0, delta }] }),
    );
    const { parsed } = told([...bare, JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] })]);
    expect(new Set(parsed.map((each) => JSON.stringify({ ...each, choices: undefined })))).toEqual(
      new Set([
        JSON.stringify({
          id: "chatcmpl-own_1",
          object: "chat.completion.chunk",
          created: 1_700_000_000,
          model: "us.openai.gpt-6-sol",
        }),
      ]),
    );
  });

  it.each([true, false])("tells what was counted once, at the end, to who asked (%s)", (usage) => {
    const counts = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, prompt_tokens_details: null };
    const { parsed } = told(
      [START, chunk({ content: "a" }, null, { usage: counts }), chunk({}, "stop", { usage: counts })],
      { usage },
    );
    const counted = parsed.filter((each) => each["usage"]);
    expect(counted).toEqual(
      usage
        ? [
            {
              ...HEAD,
              model: "us.openai.gpt-6-sol",
              choices: [],
              usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
            },
          ]
        : [],
    );
  });

  it("that came as a whole answer is told as chunks", () => {
    const whole = {
      ...HEAD,
      object: "chat.completion",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: null,
            tool_calls: [{ id: "call_0", type: "function", function: { name: "f", arguments: "" } }],
          },
          finish_reason: "stop",
        },
      ],
    };
    expect(told([JSON.stringify(whole)]).parsed).toMatchObject([
      {
        object: "chat.completion.chunk",
        choices: [
          {
            delta: {
              tool_calls: [
                { index: 0, function: { name: "f" } },
                { index: 0, function: { arguments: "{}" } },
              ],
            },
            finish_reason: "tool_calls",
          },
        ],
      },
    ]);
  });
});
