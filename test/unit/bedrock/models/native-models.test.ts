import { describe, expect, it } from "vitest";
import { namedNativeModel, nativeModelOf } from "../../../../src/bedrock/models/native-models.ts";

const native = (id: string) => {
  const found = nativeModelOf(id);
  return found && `${found.host} ${found.path} ${found.apis.join(" ")}${found.converse ? ", converse" : ""}`;
};

describe("what AWS serves in a vendor's own protocol", () => {
  it.each([
    ["openai.gpt-oss-120b-1:0", "runtime /openai/v1 chat, converse"],
    ["us-gov.openai.gpt-oss-120b-1:0", "runtime /openai/v1 chat, converse"],
    ["openai.gpt-oss-safeguard-20b", "runtime /openai/v1 chat, converse"],
    ["openai.gpt-oss-120b", "mantle /v1 chat responses"],
    ["openai.gpt-oss-20b", "mantle /v1 chat responses"],
    ["us.openai.gpt-5.6-sol", "runtime /openai/v1 chat responses, converse"],
    ["in.openai.gpt-5.6-terra", "runtime /openai/v1 chat responses, converse"],
    ["openai.gpt-5.6-sol", "mantle /openai/v1 chat responses"],
    ["openai.gpt-5.4", "mantle /openai/v1 chat responses"],
    ["xai.grok-4.3", "mantle /openai/v1 chat responses"],
    ["xai.grok-4.6", "mantle /openai/v1 chat responses"],
    ["global.xai.grok-4.7", "runtime /openai/v1 chat responses, converse"],
    ["us.moonshotai.kimi-k3.1", "runtime /openai/v1 chat responses, converse"],
    ["us.zai.glm-5.3", "runtime /openai/v1 chat responses, converse"],
    ["google.gemma-4-e2b", "mantle /openai/v1 chat responses"],
    ["anthropic.claude-mythos-preview", "mantle /anthropic/v1 messages"],
  ])("%s: %s", (id, expected) => expect(native(id)).toBe(expected));

  it.each([
    "anthropic.claude-opus-5-5",
    "us.anthropic.claude-opus-5-5",
    "anthropic.claude-mythos-5-1",
    "amazon.nova-pro-v1:0",
    "google.gemma-3-27b-it",
    "moonshotai.kimi-k2.5",
    "moonshotai.kimi-k3",
    "zai.glm-5",
    "qwen.qwen3-coder-30b-a3b-v1:0",
    "deepseek.v3.2",
    "my.openai.gpt-6",
    "gpt-4o",
    "",
  ])("not %j, for which Converse is the better way or the only one", (id) =>
    expect(native(id)).toBeUndefined(),
  );
});

describe("a host that is named", () => {
  it("is the runtime for openai/, unless only the other has the model", () => {
    expect(namedNativeModel("openai", "qwen.qwen3-32b-v1:0")).toMatchObject({
      host: "runtime",
      apis: ["chat"],
    });
    expect(namedNativeModel("openai", "openai.gpt-5.4")).toMatchObject({ host: "mantle" });
  });

  it.each([
    ["openai.gpt-6-astra", "/openai/v1"],
    ["openai.daybreak-blue", "/openai/v1"],
    ["google.gemma-4-31b", "/openai/v1"],
    ["xai.grok-4.6", "/openai/v1"],
    ["openai.gpt-oss-120b", "/v1"],
    ["openai.gpt-oss-safeguard-20b", "/v1"],
    ["google.gemma-3-27b-it", "/v1"],
    ["qwen.qwen3-32b", "/v1"],
    ["zai.glm-5", "/v1"],
    ["anthropic.claude-opus-5-5", "/anthropic/v1"],
  ])("is mantle's for mantle/, where %s lives under %s", (id, path) =>
    expect(namedNativeModel("mantle", id)).toMatchObject({ host: "mantle", path, converse: false }),
  );
});
