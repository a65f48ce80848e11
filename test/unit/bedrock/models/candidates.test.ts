import { describe, expect, it } from "vitest";
import { candidatesOf } from "../../../../src/bedrock/models/candidates.ts";
import { checkEntries } from "../../../../src/bedrock/models/check-entries.ts";
import type { ModelAliases } from "../../../../src/bedrock/models/aliases.ts";
import { aliasOf, namesOf } from "../../../../src/bedrock/models/aliases.ts";

const NOVA = "us.amazon.nova-pro-v1:0";
const CLAUDE = "us.anthropic.claude-opus-5-5";

/** Names as they would be tried; what stands in for another in brackets. */
const tried = (asked: string, models?: ModelAliases): string =>
  candidatesOf(asked, models, Object.keys)
    .map(({ name, isFallback }) => (isFallback ? `(${name})` : name))
    .join(" ");

describe("who may answer", () => {
  it.each<[string, string, ModelAliases | undefined, string]>([
    ["a model is itself", NOVA, undefined, NOVA],
    [
      "fallbacks follow",
      "a",
      { a: { model: NOVA, fallbacks: ["b", CLAUDE] }, b: CLAUDE },
      `a (b) (${CLAUDE})`,
    ],
    [
      "an alias has those of what it leads to",
      "gpt",
      { gpt: "a", a: { model: NOVA, fallbacks: [CLAUDE] } },
      `gpt (${CLAUDE})`,
    ],
    [
      "the nearer name knows better",
      "gpt",
      { gpt: { model: "a", fallbacks: ["b"] }, a: { fallbacks: ["c"] } },
      "gpt (b)",
    ],
    [
      "fallbacks of fallbacks come behind all of one's own",
      "a",
      { a: { fallbacks: ["b", "c"] }, b: { fallbacks: ["d"] } },
      "a (b) (c) (d)",
    ],
    [
      "a spread is its members, then its fallbacks",
      "s",
      { s: { spread: { a: 1, b: 2 }, fallbacks: ["c"] } },
      "a b (c)",
    ],
    [
      "what is equal comes before what a member falls back to",
      "s",
      { s: { spread: { a: 1, b: 1 } }, a: { fallbacks: ["cheap"] } },
      "a b (cheap)",
    ],
    [
      "a member that is another's fallback is a member",
      "s",
      { s: { spread: { a: 1, b: 1 } }, a: { fallbacks: ["b"] } },
      "a b",
    ],
    [
      "spreads of spreads are all of their members",
      "s",
      { s: { spread: { t: 1, c: 1 } }, t: { spread: { a: 1, b: 1 }, fallbacks: ["d"] } },
      "a b c (d)",
    ],
    ["a spread may stand in", "a", { a: { fallbacks: ["s"] }, s: { spread: { b: 1, c: 1 } } }, "a (b) (c)"],
    [
      "two that fall back to each other end",
      "a",
      { a: { fallbacks: ["b"] }, b: { fallbacks: ["a"] } },
      "a (b)",
    ],
    [
      "a pattern's star is filled in everywhere",
      "gpt-5",
      { "gpt-*": { spread: { "east-*": 1 }, fallbacks: ["west-*"] } },
      "east-5 (west-5)",
    ],
  ])("%s", (_, asked, models, expected) => expect(tried(asked, models)).toBe(expected));

  it("is found at once, however many fall back to all others", () => {
    const names = Array.from({ length: 40 }, (_, index) => `m${index}`);
    const models = Object.fromEntries(
      names.map((name) => [name, { fallbacks: names.filter((other) => other !== name) }]),
    );
    expect(candidatesOf("m0", models, Object.keys)).toHaveLength(40);
  });
});

describe("a spread", () => {
  it("is its first member, where there can be but one", () => {
    const models = { s: { spread: { a: 1, b: 1 } }, a: { model: NOVA, region: "eu-west-1" } };
    expect(aliasOf("s", models)).toMatchObject({ model: NOVA, region: "eu-west-1" });
  });

  it("over itself, by patterns, ends all the same", () => {
    expect(aliasOf("a1", { "a*": { spread: { "a*": 1 } } })).toBeDefined();
    expect(tried("a1", { "a*": { spread: { "a*": 1 } } })).toBe("");
  });

  it("does not list the names that stand behind it alone", () => {
    expect(namesOf({ claude: { spread: { "claude#1": 1 } }, "claude#1": CLAUDE })).toEqual(["claude"]);
  });
});

describe("names that lead nowhere are found at the start", () => {
  const check = (models: ModelAliases) => () => checkEntries(models);

  it.each<[string, ModelAliases, RegExp]>([
    [
      "a fallback",
      { a: { model: NOVA, fallbacks: ["claude-wst"] } },
      /'claude-wst' is neither a name of 'models'/,
    ],
    ["a member", { a: { spread: { "no such model": 1 } } }, /'no such model' is neither/],
    ["itself", { a: { model: NOVA, fallbacks: ["a"] } }, /falls back to itself/],
    ["a spread over itself", { a: { spread: { b: 1 } }, b: "a" }, /spread over itself/],
    [
      "a longer way round",
      { a: { spread: { b: 1 } }, b: { spread: { c: 1 } }, c: { spread: { a: 1 } } },
      /over itself/,
    ],
    [
      "a spread with a model",
      { a: { model: NOVA, spread: { [CLAUDE]: 1 } } },
      /'model' has no meaning beside/,
    ],
    [
      "a spread with a region",
      { a: { region: "eu-west-1", spread: { [CLAUDE]: 1 } } },
      /'region' has no meaning/,
    ],
    [
      "more of a name for a spread",
      { b: { model: "a", region: "eu-west-1" }, a: { spread: { [CLAUDE]: 1 } } },
      /'b': '(model|region)' has no meaning/,
    ],
    ["an empty list", { a: { model: NOVA, fallbacks: [] } }, /'fallbacks' must be/],
    ["a weight of nothing", { a: { spread: { [NOVA]: 0 } } }, /'spread' must be/],
  ])("%s", (_, models, words) => expect(check(models)).toThrow(words));

  it.each<[string, ModelAliases]>([
    [
      "two that stand in for each other",
      { a: { model: NOVA, fallbacks: ["b"] }, b: { model: CLAUDE, fallbacks: ["a"] } },
    ],
    [
      "another name for a spread",
      { b: "a", a: { spread: { [NOVA]: 1, [CLAUDE]: 2 }, defaults: { temperature: 0 } } },
    ],
    ["a star", { "gpt-*": { model: NOVA, fallbacks: ["eu-*"] } }],
    ["an ARN", { a: { model: NOVA, fallbacks: ["arn:aws:bedrock:us-east-1:123456789012:guardrail/abc"] } }],
    ["a Region before an id", { a: { model: NOVA, fallbacks: [`us-west-2/${NOVA}`] } }],
  ])("but not %s", (_, models) => expect(check(models)).not.toThrow());
});
