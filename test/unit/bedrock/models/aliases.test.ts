import { describe, expect, it } from "vitest";
import {
  aliasesOf,
  aliasOf,
  findAlias,
  type ModelAliases,
  namesOf,
} from "../../../../src/bedrock/models/aliases.ts";

const modelOf = (name: string, aliases: ModelAliases) => findAlias(name, aliases)?.model;

describe("a name of the operator's", () => {
  it("is what he says, with the provider before it or not", () => {
    const aliases = { fast: "amazon.nova-lite-v1:0", "bedrock/slow": "amazon.nova-pro-v1:0" };
    expect(modelOf("fast", aliases)).toBe("amazon.nova-lite-v1:0");
    expect(modelOf("bedrock/fast", aliases)).toBe("amazon.nova-lite-v1:0");
    expect(modelOf("bedrock/slow", aliases)).toBe("amazon.nova-pro-v1:0");
    expect(modelOf("slow", aliases)).toBeUndefined();
    expect(modelOf("Fast", aliases)).toBeUndefined();
    expect(modelOf(" fast", aliases)).toBeUndefined();
  });

  it("comes before patterns, and of those the first that matches", () => {
    const aliases = { "*": "c", "gpt-*": "b", "gpt-4o": "a" };
    expect(["gpt-4o", "gpt-5", "x"].map((name) => modelOf(name, aliases))).toEqual(["a", "c", "c"]);
  });

  it("is its own model where nothing else is said, and the entry's words come with it", () => {
    expect(findAlias("amazon.nova-pro-v1:0", { "amazon.nova-pro-v1:0": { region: "eu-west-1" } })).toEqual({
      model: "amazon.nova-pro-v1:0",
      region: "eu-west-1",
    });
    expect(findAlias("bedrock/amazon.nova-pro-v1:0", { "amazon.*": { region: "eu-west-1" } })).toEqual({
      model: "amazon.nova-pro-v1:0",
      region: "eu-west-1",
    });
  });

  it("that he does not say is a model of that name", () => {
    for (const name of ["x", "", "gpt-4o"]) expect(aliasOf(name)).toEqual({ model: name });
    expect(findAlias("x")).toBeUndefined();
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "bedrock/__proto__"])(
    "is not found on the way up to every object: %s",
    (name) => expect(findAlias(name, { "gpt-*": "x" })).toBeUndefined(),
  );

  it("is one look, not a chain: what points at itself or at each other ends", () => {
    const aliases = { a: "a", b: "c", c: "b", "d*": "d*" };
    expect(["a", "b", "c", "dd"].map((name) => modelOf(name, aliases))).toEqual(["a", "c", "b", "dd"]);
  });
});

describe("a pattern", () => {
  it.each([
    ["gpt-*", "gpt-4o", "<4o>"],
    ["gpt-*", "GPT-4o", "<4o>"],
    ["GPT-*", "gpt-4o", "<4o>"],
    ["gpt-*", "gpt-", "<>"],
    ["*", "anything/at all", "<anything/at all>"],
    ["*", "", "<>"],
    ["*-mini", "gpt-4o-mini", "<gpt-4o>"],
    ["gpt-*-mini", "gpt-4o-mini", "<4o>"],
    ["gpt-*-*", "gpt-4o-mini-2024", "<4o>"],
    ["*gpt*", "my-gpt-4o", "<my->"],
    ["a*b*c", "aXbYc", "<X>"],
    ["a*b*c", "abbc", "<>"],
    ["**", "abc", "<>"],
    ["a.c*", "a.cd", "<d>"],
    ["team/*", "team/x/y", "<x/y>"],
  ])("%s matches %s, and its star stands for %s", (pattern, name, filled) =>
    expect(modelOf(name, { [pattern]: "<*>" })).toBe(filled),
  );

  it.each([
    ["gpt-*", "openai.gpt-oss-120b-1:0"],
    ["gpt-*", "us.openai.gpt-5.6-sol"],
    ["gpt-*", "bedrock/openai.gpt-oss-20b"],
    ["gpt-*", "converse/gpt-4o"],
    ["gpt-*", "gpt"],
    ["gpt-*", " gpt-4o"],
    ["*-mini", "gpt-4o-mini-2024"],
    ["aba*aba", "aba"],
    ["aba*aba", "ababa"],
    ["a*b*c", "acb"],
    ["a*bb*bc", "abbc"],
    ["a.c*", "abc"],
    ["a+*", "aaa"],
    ["(a|b)*", "a"],
    ["[a-z]*", "a"],
    ["text-embedding-*", "amazon.titan-embed-text-v1"],
  ])("%s does not match %s", (pattern, name) => expect(findAlias(name, { [pattern]: "x" })).toBeUndefined());

  it("without a star is a name", () => {
    expect(findAlias("gpt-4o", { "GPT-4o": "x" })).toBeUndefined();
  });

  it("may be asked for by its own name, which fills nothing in", () => {
    expect(modelOf("gpt-*", { "gpt-*": "us.*" })).toBe("us.*");
  });

  it("fills in what the caller wrote, letter by letter, and reads no signs in it", () => {
    for (const sign of ["$&", "$1", "$`", "$$", "\\1"])
      expect(modelOf(`x-${sign}`, { "x-*": "<*>" })).toBe(`<${sign}>`);
    expect(modelOf("X-Abc", { "x-*": "<*>" })).toBe("<Abc>");
  });

  it("is looked for from left to right once, however many stars it has: there is nothing to go back to", () => {
    const name = `${"ab".repeat(50_000)}c`;
    const stars = `${"*a*b".repeat(100)}*d`;
    expect(findAlias(name, { [stars]: "x" })).toBeUndefined();
    expect(modelOf(name, { [stars.replace(/d$/, "c")]: "x" })).toBe("x");
  });
});

describe("the names that are listed", () => {
  it("are those that one can ask for", () => {
    expect(namesOf({ fast: "x", "gpt-*": "y", "a*b": "z", slow: {} })).toEqual(["fast", "slow"]);
    expect(namesOf()).toEqual([]);
  });
});

describe("a name that leads to another name", () => {
  const models = {
    fast: { model: "small", defaults: { temperature: 0 } },
    small: { model: "us.amazon.nova-micro-v1:0", region: "us-west-2", defaults: { top_p: 0.5 } },
    round: "about",
    about: "round",
    myself: "myself",
  };

  it("leads where that leads, and knows better what is said of both", () => {
    expect(aliasOf("fast", models)).toEqual({
      model: "us.amazon.nova-micro-v1:0",
      region: "us-west-2",
      defaults: { temperature: 0 },
    });
    expect(aliasesOf("fast", models).map(({ defaults }) => defaults)).toEqual([
      { temperature: 0 },
      { top_p: 0.5 },
    ]);
  });

  it.each(["round", "myself"])("goes round once and no more: %s", (name) => {
    expect(aliasOf(name, models).model).toBe(name);
  });
});

describe("who calls, where several names lead to a model", () => {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const endpoint = "https://proxy.internal";

  it("is said by the nearest name that says it, alone", () => {
    const far = { model: "a.b", credentials, region: "eu-west-1" };
    expect(aliasOf("near", { near: { model: "far", profile: "p" }, far })).toEqual({
      model: "a.b",
      profile: "p",
      region: "eu-west-1",
    });
    expect(aliasOf("near", { near: { model: "far", endpoint }, far })).toEqual({ ...far, endpoint });
    expect(aliasOf("far", { far })).toEqual(far);
  });

  it("leaves the key of a server of the operator's own where it is", () => {
    const own = { url: "http://own.example/", apiKey: "of the server" };
    expect(aliasOf("near", { near: { model: "own", region: "eu-west-1" }, own })).toMatchObject(own);
  });
});
