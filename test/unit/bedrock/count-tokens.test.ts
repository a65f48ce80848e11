import { describe, expect, it } from "vitest";
import { createCountTokens } from "../../../src/bedrock/count-tokens.ts";
import type { Parcel } from "../../../src/bedrock/courier/parcel.ts";
import type { Letter } from "../../../src/bedrock/surfaces/surface.ts";
import { newPrefix, toToken } from "../../../src/http/attachments.ts";

const REFUSED = Object.assign(new Error("The provided model doesn't support counting tokens."), {
  name: "ValidationException",
  $metadata: { httpStatusCode: 400 },
});

const letter = (family: string, more: Partial<Letter> = {}): Letter =>
  ({
    target: { modelId: `us.${family}`, family, region: undefined, surface: "converse" },
    conversation: {
      messages: [{ role: "user", content: [{ text: "Hello" }] }],
      inferenceConfig: { topP: 1 },
    },
    attachments: { prefix: "", files: [] },
    signal: new AbortController().signal,
    ...more,
  }) as Letter;

/** AWS as it answers: with a count, or an error. */
function counting(answer: () => unknown, clock = { now: 0 }) {
  const parcels: Parcel[] = [];
  const count = createCountTokens(
    async (parcel) => {
      parcels.push(parcel);
      const output = answer();
      if (output instanceof Error) throw output;
      return { requestId: undefined, status: 200, headers: {}, body: (async function* () {})(), output };
    },
    () => clock.now,
  );
  return { count, parcels, clock };
}

describe("who cannot count", () => {
  it("is asked again after an hour, and not before", async () => {
    const { count, parcels, clock } = counting(() => REFUSED);
    const HOUR = 60 * 60_000;
    for (const at of [0, 1, HOUR - 1]) {
      clock.now = at;
      expect(await count(letter("a.b"))).toMatchObject({ estimated: true });
    }
    expect(parcels).toHaveLength(1);
    clock.now = HOUR;
    await count(letter("a.b"));
    expect(parcels).toHaveLength(2);
  });

  it("is forgotten before the list of them grows without end", async () => {
    const { count, parcels } = counting(() => REFUSED);
    for (let model = 0; model < 501; model += 1) await count(letter(`a.b${model}`));
    await count(letter("a.b500"));
    expect(parcels).toHaveLength(501);
    await count(letter("a.b0"));
    expect(parcels).toHaveLength(502);
  });

  it.each(["", "imported.llama", "mine", `a.${"b".repeat(300)}`])("is not asked: '%s'", async (family) => {
    const { count, parcels } = counting(() => ({ inputTokens: 1 }));
    expect(await count(letter(family))).toMatchObject({ estimated: true });
    expect(parcels).toEqual([]);
  });
});

it.each([{}, { inputTokens: "5" }, { inputTokens: Number.NaN }])("makes no count of %j", async (output) => {
  const { count } = counting(() => output);
  const { inputTokens, estimated } = await count(letter("a.b"));
  expect([estimated, inputTokens > 0]).toEqual([true, true]);
});

it("sends what counts and nothing else, a large file in its place", async () => {
  const prefix = newPrefix();
  const bytes = `QUJD${toToken(prefix, 0)}`;
  const files = [new TextEncoder().encode("REVG".repeat(100_000))];
  const document = { format: "txt", name: "a", source: { bytes } };
  const conversation = {
    messages: [{ role: "user", content: [{ document }] }],
    inferenceConfig: { topP: 1 },
  };
  const large = letter("a.b", { conversation, attachments: { prefix, files } } as Partial<Letter>);
  const { count, parcels } = counting(() => ({ inputTokens: 7 }));
  expect(await count(large)).toEqual({ inputTokens: 7, estimated: false });
  const sent = new TextDecoder().decode(parcels[0]!.body);
  expect(sent).not.toContain("inferenceConfig");
  expect(sent).toContain(`QUJD${"REVG".repeat(100_000)}`);
  const guess = await counting(() => REFUSED).count(large);
  expect(guess.inputTokens).toBeGreaterThan(80_000);
});

it("is over when the caller is, whatever AWS says then", async () => {
  const controller = new AbortController();
  const { count } = counting(() => {
    controller.abort(new Error("left"));
    return REFUSED;
  });
  await expect(count(letter("a.b", { signal: controller.signal }))).rejects.toBe(REFUSED);
});
