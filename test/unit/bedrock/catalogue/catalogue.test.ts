import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../../src/bedrock/catalogue/catalogue.ts";
import type { Source } from "../../../../src/bedrock/catalogue/source.ts";
import { awsError, foundation, scripted } from "./found.ts";

const MINUTE = 60_000;
const NOVA = foundation("amazon.nova-pro-v1:0");
const LLAMA = foundation("meta.llama3-8b-instruct-v1:0");
const { signal } = new AbortController();

function open(...sources: Source[]) {
  const clock = { at: 0 };
  const logged: string[] = [];
  const logger = { warn: (message: string) => void logged.push(message) };
  const catalogue = createCatalogue(sources, { logger, now: () => clock.at, patience: 20 });
  const ids = async (refresh = false) => (await catalogue.list({ refresh, signal })).map(({ id }) => id);
  return { catalogue, clock, logged, ids };
}

const never = new Promise<never>(() => undefined);

describe("the memory of the list", () => {
  it("asks AWS once for everybody who asks at once", async () => {
    const source = scripted("a", [NOVA]);
    const { ids } = open(source);
    await Promise.all([ids(), ids(), ids(true)]);
    expect(source.asked).toBe(1);
  });

  it("does not ask again within five minutes, and does after them", async () => {
    const source = scripted("a", [NOVA], [NOVA, LLAMA]);
    const { clock, ids } = open(source);
    await ids();
    clock.at = 5 * MINUTE - 1;
    expect(await ids()).toEqual([NOVA.id]);
    clock.at = 5 * MINUTE;
    expect(await ids()).toEqual([NOVA.id, LLAMA.id]);
    expect(source.asked).toBe(2);
  });

  it("asks at once where the caller wants it anew, but no more often than every five seconds", async () => {
    const { clock, ids } = open(scripted("a", [NOVA], [LLAMA]));
    await ids();
    clock.at = 4_999;
    expect(await ids(true)).toEqual([NOVA.id]);
    clock.at = 5_000;
    expect(await ids(true)).toEqual([LLAMA.id]);
    expect(await ids()).toEqual([LLAMA.id]);
  });

  it("serves what it had while AWS refuses, and asks again soon", async () => {
    const source = scripted("bedrock:ListX", [NOVA], awsError("ThrottlingException", 429), [LLAMA]);
    const { clock, ids, logged } = open(source);
    await ids();
    clock.at = 5_000;
    expect(await ids(true)).toEqual([NOVA.id]);
    expect(logged).toHaveLength(1);
    clock.at = MINUTE;
    expect(await ids()).toEqual([LLAMA.id]);
  });

  it("does not remember a failure", async () => {
    const { ids } = open(scripted("a", awsError("ThrottlingException", 429), [NOVA]));
    await expect(ids()).rejects.toMatchObject({ status: 429 });
    expect(await ids()).toEqual([NOVA.id]);
  });
});

describe("a list that AWS does not give", () => {
  it("costs nothing but its rows, and the operator one line that says what to allow", async () => {
    const { ids, logged } = open(
      scripted("bedrock:ListFoundationModels", [NOVA]),
      scripted("bedrock:ListImportedModels", awsError("AccessDeniedException")),
      scripted("bedrock:ListPromptRouters", awsError("InternalServerException", 500)),
    );
    expect(await ids()).toEqual([NOVA.id]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("bedrock:ListImportedModels (AccessDeniedException)");
    expect(logged[0]).toContain("bedrock:ListPromptRouters (InternalServerException)");
  });

  it("keeps the rows that it gave before", async () => {
    const { clock, ids } = open(
      scripted("a", [NOVA], [foundation("amazon.nova-lite-v1:0")]),
      scripted("b", [LLAMA], awsError("ThrottlingException", 429)),
    );
    await ids();
    clock.at = 5_000;
    expect(await ids(true)).toEqual(["amazon.nova-lite-v1:0", LLAMA.id]);
  });

  it("is not asked for every half minute because of a permission that nobody will give", async () => {
    const source = scripted("a", [NOVA]);
    const { clock, ids } = open(source, scripted("b", awsError("AccessDeniedException")));
    await ids();
    clock.at = MINUTE;
    await ids();
    expect(source.asked).toBe(1);
  });

  it("is not waited for longer than the others' patience", async () => {
    const { ids, logged } = open(scripted("a", [NOVA]), scripted("b", never));
    expect(await ids()).toEqual([NOVA.id]);
    expect(logged[0]).toContain("b (TimeoutError)");
  });

  it("fails the request only when there is no other, with every permission that is missing", async () => {
    const { ids } = open(
      scripted("bedrock:ListFoundationModels", awsError("AccessDeniedException")),
      scripted("bedrock:ListInferenceProfiles", awsError("AccessDeniedException")),
    );
    await expect(ids()).rejects.toMatchObject({
      status: 403,
      type: "permission_error",
      message: expect.stringContaining("bedrock:ListFoundationModels, bedrock:ListInferenceProfiles"),
    });
  });

  it.each([
    ["ExpiredTokenException", 403, 401],
    ["ServiceUnavailableException", 503, 503],
    ["TimeoutError", 0, 504],
  ])("fails with OpenAI's status for %s", async (name, status, expected) => {
    await expect(open(scripted("a", awsError(name, status))).ids()).rejects.toMatchObject({
      status: expected,
    });
  });
});

describe("who waits for the list", () => {
  it("may leave without taking it from the others", async () => {
    let answer: (found: (typeof NOVA)[]) => void = () => undefined;
    const { catalogue, ids } = open(scripted("a", new Promise((resolve) => (answer = resolve))));
    const leaver = new AbortController();
    const left = catalogue.list({ signal: leaver.signal });
    const stayed = ids();
    leaver.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    answer([NOVA]);
    expect(await stayed).toEqual([NOVA.id]);
  });

  it("gets what is known without asking, and nothing before the first answer", async () => {
    const source = scripted("a", [NOVA]);
    const { catalogue, clock } = open(source);
    expect(catalogue.remembered()).toBeUndefined();
    expect(source.asked).toBe(0);
    expect(await catalogue.idsWithin(1_000)).toEqual([NOVA.id]);
    clock.at = 60 * MINUTE;
    expect(catalogue.remembered()).toEqual([NOVA.id]);
  });

  it("waits for a hint no longer than it is worth", async () => {
    expect(await open(scripted("a", never)).catalogue.idsWithin(1)).toBeUndefined();
  });

  it("does not ask AWS anew for every hint while AWS refuses everything", async () => {
    const source = scripted("a", awsError("AccessDeniedException"));
    const { catalogue, clock } = open(source);
    expect(await catalogue.idsWithin(1_000)).toBeUndefined();
    await catalogue.idsWithin(1_000);
    expect(source.asked).toBe(1);
    clock.at = MINUTE;
    await catalogue.idsWithin(1_000);
    expect(source.asked).toBe(2);
  });
});
