import { describe, expect, it } from "vitest";
import type { Courier } from "../../../../src/bedrock/courier/courier.ts";
import type { Delivery, Parcel } from "../../../../src/bedrock/courier/parcel.ts";
import { createNativePoster } from "../../../../src/bedrock/surfaces/native-post.ts";
import { targetOf } from "../models/way-of.ts";

const { signal } = new AbortController();
const DELIVERY: Delivery = {
  requestId: undefined,
  status: 200,
  headers: {},
  body: (async function* () {})(),
  output: undefined,
};

/** An AWS that serves a model under one of mantle's two paths only. */
function mantleAt(base: string, refusal = "The model isn’t supported on this route.") {
  const paths: string[] = [];
  const courier: Courier = async ({ to }: Parcel) => {
    paths.push(to!.path);
    if (to!.path.startsWith(`${base}/`)) return DELIVERY;
    throw Object.assign(new Error(refusal), { name: "NativeError", $metadata: { httpStatusCode: 400 } });
  };
  const poster = createNativePoster(courier);
  const send = (model: string) =>
    poster.send({ target: targetOf(model), api: "chat", body: new Uint8Array(), signal });
  return { paths, poster, send };
}

describe("a model that moved to mantle's other path", () => {
  it("is found there, and looked for there from then on", async () => {
    const { paths, poster, send } = mantleAt("/v1");
    await send("openai.gpt-5.5");
    await send("openai.gpt-5.5");
    expect(paths).toEqual(["/openai/v1/chat/completions", "/v1/chat/completions", "/v1/chat/completions"]);
    expect(poster.pathOf(targetOf("openai.gpt-5.5"), "responses")).toBe("/v1/responses");
    expect(poster.pathOf(targetOf("openai.gpt-5.4"), "chat")).toBe("/openai/v1/chat/completions");
  });

  it.each([
    ["is not found anywhere", "openai.gpt-5.5", "/nowhere", undefined, 2],
    ["is refused for another reason", "openai.gpt-5.5", "/nowhere", "Unknown parameter: 'x'.", 1],
    ["is on the runtime, which has one path", "us.openai.gpt-6-sol", "/nowhere", undefined, 1],
    [
      "speaks Anthropic's protocol, which has one path",
      "anthropic.claude-mythos-5",
      "/nowhere",
      undefined,
      1,
    ],
  ])("%s: AWS's refusal is the answer", async (_, model, base, refusal, attempts) => {
    const { paths, send } = mantleAt(base, refusal);
    await expect(send(model)).rejects.toMatchObject({ status: 400 });
    expect(paths).toHaveLength(attempts);
  });
});
