import { describe, expect, it } from "vitest";
import { createHints } from "../../../../src/bedrock/errors/hints.ts";
import { modelNotFound } from "../../../../src/bedrock/errors/model-not-found.ts";
import type { Target } from "../../../../src/bedrock/models/target.ts";
import { invalidRequest } from "../../../../src/errors.ts";

const ARN = "arn:aws:bedrock:us-east-1:123456789012:imported-model/";
const IDS = ["us.amazon.nova-pro-v1:0", "us.amazon.nova-lite-v1:0", `${ARN}r4c4kewx2s0n`];

const never = (): Promise<never> => new Promise<never>(() => undefined);

const hintsFor = (names: string[] = [], ids: readonly string[] | null = IDS) =>
  createHints(() => ({ control: never }), { idsWithin: async () => ids ?? undefined }, names);

const refused = (modelId: string, message = "gone") =>
  hintsFor()
    .onReply(Promise.reject(modelNotFound(message)), { modelId } as Target)
    .catch((error: Error) => error.message);

describe("a hint", () => {
  it("names the operator's and AWS's nearest", async () => {
    const named = hintsFor(["nova-own"]).onName(Promise.reject(modelNotFound("gone.")), {
      model: "nova-pro",
    });
    await expect(named).rejects.toThrow(/^gone\. Did you mean .*'us\.amazon\.nova-pro-v1:0'.*\?$/);
    const own = hintsFor(["nova-own"]).onName(Promise.reject(modelNotFound("gone.")), { model: "nova-onw" });
    await expect(own).rejects.toThrow("'nova-own'");
  });

  it.each(["gpt-4o", "o1", "text-embedding-3-small", "dall-e-3", "whisper-1"])(
    "says where OpenAI's own name leads: %s",
    async (model) => {
      const named = hintsFor([], []).onName(Promise.reject(modelNotFound("gone.")), { model });
      await expect(named).rejects.toThrow(
        `gone. Names of OpenAI's lead where the option \`models\` says: { '${model}': '<a model of Bedrock>' }.`,
      );
    },
  );

  it("never names an ARN to who may have written none", async () => {
    expect(await refused(`${ARN}r4c4kewx2s0m`)).toBe("gone");
    expect(await refused("us.amazon.nova-prp-v1:0")).not.toContain("arn:");
  });

  it("stays short, whatever AWS and the operator write", async () => {
    expect((await refused("us.amazon.nova-prp-v1:0", "long ".repeat(10_000))).length).toBeLessThan(2_000);
    const wordy = hintsFor([`nova-${"long".repeat(500)}`]);
    const message = await wordy
      .onName(Promise.reject(modelNotFound("gone")), { model: `nova-${"long".repeat(499)}` })
      .catch((error: Error) => error.message);
    expect(message!.length).toBeLessThan(300);
  });

  it("is left out where nothing is known", async () => {
    const unknown = hintsFor([], null).onName(Promise.reject(modelNotFound("gone")), { model: "nova" });
    await expect(unknown).rejects.toThrow(/^gone$/);
  });

  it("does not wait for credentials that never come", async () => {
    const wanted = invalidRequest("use a profile", { code: "inference_profile_required" });
    const reply = hintsFor().onReply(Promise.reject(wanted), { modelId: "a.b" } as Target);
    await expect(reply).rejects.toBe(wanted);
  });

  it("leaves every other failure and every answer alone", async () => {
    const failure = new Error("other");
    await expect(hintsFor().onName(Promise.reject(failure), { model: "a" })).rejects.toBe(failure);
    expect(await hintsFor().onReply(Promise.resolve(1), {} as Target)).toBe(1);
  });
});
