import { describe, expect, it } from "vitest";
import { CLAUDE, NOVA } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { says, user, visit } from "./visit.ts";

const at = visit();
const CONFIG = { guardrailIdentifier: "gr1abc", guardrailVersion: "DRAFT", trace: "enabled" };
const BAD = "BLOCKED_BY_GUARDRAIL";

describe("a guardrail", () => {
  it.each([CLAUDE, NOVA])(
    "is applied, and what it blocked ends as content_filter (bedrock-access-gateway#129, bedrock-access-gateway#140, litellm#4938, litellm#4946) on %s",
    async (model) => {
      for (const stream of [false, true]) {
        const { content, finish } = await at.ask(
          { model, messages: [user(BAD)], guardrailConfig: CONFIG },
          stream,
        );
        expect(at.sent.guardrailConfig).toEqual(CONFIG);
        expect([content, finish]).toEqual(["Sorry, the guardrail blocked this.", "content_filter"]);
      }
    },
  );

  it("of extra_body is the same (litellm#4938)", async () => {
    await at.ask({ model: CLAUDE, extra_body: { guardrailConfig: CONFIG } });
    expect(at.sent.guardrailConfig).toEqual(CONFIG);
  });

  it("that says how it works on streams says so to streams alone", async () => {
    const guardrailConfig = { ...CONFIG, streamProcessingMode: "async" };
    await at.ask({ model: CLAUDE, guardrailConfig });
    expect(at.sent.guardrailConfig).toEqual(CONFIG);
    await at.ask({ model: CLAUDE, guardrailConfig }, true);
    expect(at.sent.guardrailConfig).toEqual(guardrailConfig);
  });

  it("tells its trace as AWS wrote it: a map by id, of one assessment going in and lists coming out (bifrost)", async () => {
    const assessment = {
      wordPolicy: { customWords: [{ match: "x", action: "BLOCKED" }], managedWordLists: [] },
    };
    const trace = {
      guardrail: {
        inputAssessment: { gr1abc: assessment },
        outputAssessments: { gr1abc: [assessment, assessment] },
      },
    };
    const reply = { ...says("ok"), trace, stopReason: "guardrail_intervened" };
    for (const answer of await at.askBoth({ model: CLAUDE, guardrailConfig: CONFIG }, reply)) {
      expect(answer.trace).toEqual(trace);
      expect(answer.finish).toBe("content_filter");
    }
  });

  it("tells no trace where none was asked for", async () => {
    const { trace: _, ...guardrailConfig } = CONFIG;
    const response = await at.house.handler(
      chatRequest({ model: CLAUDE, messages: [user(BAD)], guardrailConfig }),
    );
    expect(await response.json()).not.toHaveProperty("trace");
  });

  it("looks at what is marked, and at nothing else", async () => {
    const parts = [
      { type: "text", text: BAD },
      { type: "guarded_text", text: "fine" },
    ];
    const { finish } = await at.ask({ model: CLAUDE, messages: [user(parts)], guardrailConfig: CONFIG });
    expect(at.sent.messages[0]!.content[1]).toEqual({ guardContent: { text: { text: "fine" } } });
    expect(finish).toBe("stop");
  });

  it.each<[string, object, string]>([
    ["no version", { guardrailIdentifier: "gr1abc" }, "guardrailConfig.guardrailVersion"],
    ["no identifier", { guardrailVersion: "1" }, "guardrailConfig.guardrailIdentifier"],
  ])("with %s is refused by that name before AWS is asked", async (_, guardrailConfig, param) => {
    const { status, error } = await at.refused({ model: CLAUDE, guardrailConfig });
    expect([status, error.param]).toEqual([400, param]);
    expect(at.received).toHaveLength(0);
  });
});
