import { expect, it } from "vitest";
import { withNativeHeaders } from "../../../src/reception/extra-body.ts";

const headers = new Headers({
  "X-Amzn-Bedrock-GuardrailIdentifier": "gr-1",
  "X-Amzn-Bedrock-GuardrailVersion": "2",
  "X-Amzn-Bedrock-Trace": "ENABLED",
});
const guardrailConfig = { guardrailIdentifier: "gr-1", guardrailVersion: "2", trace: "enabled" };

it("a guardrail that AWS's own endpoint would be told of in headers is not lost", () => {
  expect(withNativeHeaders({ model: "m" }, headers)).toEqual({ model: "m", guardrailConfig });
});

it("nor switched off by a parameter that says nothing", () => {
  expect(withNativeHeaders({ guardrailConfig: null }, headers)).toEqual({ guardrailConfig });
});

it("and the body's own comes before it", () => {
  const own = { guardrailIdentifier: "gr-2", guardrailVersion: "DRAFT" };
  expect(withNativeHeaders({ guardrailConfig: own }, headers)).toEqual({ guardrailConfig: own });
});

it("beta flags come as a list; what is no request is left alone", () => {
  const betas = new Headers({ "anthropic-beta": "a, b," });
  expect(withNativeHeaders({ model: "m" }, betas)).toEqual({ model: "m", anthropic_beta: ["a", "b"] });
  expect(withNativeHeaders([1], headers)).toEqual([1]);
});
