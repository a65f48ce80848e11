import { describe, expect, it } from "vitest";
import type { Parcel } from "../../../src/bedrock/courier/parcel.ts";
import type { ModelAliases } from "../../../src/bedrock/models/aliases.ts";
import { createPassOn } from "../../../src/bedrock/pass-on.ts";

const ARN = "arn:aws:bedrock:eu-west-3:123456789012:application-inference-profile/abc123def456";
const ALIASES: ModelAliases = {
  fast: "us-west-2/us.amazon.nova-lite-v1:0",
  "gpt-*": { model: "us.amazon.nova-pro-v1:0", modelId: ARN },
  near: { model: "a.b", region: "eu-north-1" },
  own: { model: "mine", url: "https://own.example/" },
  hosted: "mantle/openai.gpt-6-sol",
};

async function passed(path: string, aliases: ModelAliases | undefined = ALIASES): Promise<Parcel> {
  const parcels: Parcel[] = [];
  const passOn = createPassOn(async (parcel) => {
    parcels.push(parcel);
    return {
      requestId: undefined,
      status: 200,
      headers: {},
      body: (async function* () {})(),
      output: undefined,
    };
  }, aliases);
  const call = {
    method: "POST",
    path,
    query: new URLSearchParams("x=1"),
    headers: {},
    body: new Uint8Array(),
  };
  await passOn(call, new AbortController().signal);
  return parcels[0]!;
}

describe("a name in the path", () => {
  it.each([
    ["fast", "us.amazon.nova-lite-v1:0", "us-west-2"],
    ["GPT-5", ARN, "eu-west-3"],
    ["near", "a.b", "eu-north-1"],
    [encodeURIComponent(ARN), ARN, "eu-west-3"],
    ["bedrock%2Ffast", "us.amazon.nova-lite-v1:0", "us-west-2"],
    ["us.amazon.nova-pro-v1:0", "us.amazon.nova-pro-v1:0", undefined],
  ])("%s leads where it leads in a request", async (name, id, region) => {
    const { to, ...parcel } = await passed(`/model/${name}/invoke`);
    expect(parcel).toMatchObject({ modelId: id, region });
    expect(to).toEqual({
      host: "runtime",
      method: "POST",
      path: `/model/${encodeURIComponent(id)}/invoke`,
      query: {},
      anyStatus: true,
    });
  });

  it.each(["own", "hosted", "converse_like%2Fmine", "..", "a.b%2f.."])(
    "%s does not make AWS's what is not",
    async (name) => {
      await expect(passed(`/model/${name}/converse`)).rejects.toMatchObject({
        status: 404,
        code: "model_not_found",
      });
    },
  );

  it("is no alias in any other place", async () => {
    await expect(passed("/fast/model/a.b/converse")).rejects.toMatchObject({ code: "unknown_operation" });
  });
});
