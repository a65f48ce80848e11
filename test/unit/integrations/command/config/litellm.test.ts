import { describe, expect, it } from "vitest";
import { ConfigError, toLine } from "../../../../../integrations/command/config/fault.ts";
import { type ParsedConfig, parseConfig } from "../../../../../integrations/command/config/parse-config.ts";

const read = (text: string, environment = {}): ParsedConfig => parseConfig(text, environment);
const warned = (text: string): string[] => read(text).warnings.map(toLine);

function complaints(text: string): string[] {
  try {
    parseConfig(text, {});
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(toLine);
  }
  throw new Error("nothing was wrong");
}

const entry = (params: string): string => `
model_list:
  - model_name: claude
    litellm_params:
      model: bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0
${params
  .split("\n")
  .map((line) => `      ${line}`)
  .join("\n")}
`;

const OPEN = "callers may name every model of Bedrock's by its own id, not only what 'model_list' names.";

describe("a LiteLLM proxy's model_list becomes the option models", () => {
  it("with the account, the Region and the host of each entry", () => {
    const text = entry(`aws_access_key_id: os.environ/ID
aws_secret_access_key: os.environ/SECRET
aws_session_token: os.environ/TOKEN
aws_region_name: os.environ/AWS_REGION_NAME
aws_bedrock_runtime_endpoint: https://vpce.example.com
model_id: arn:aws:bedrock:eu-central-1:000000000000:application-inference-profile/a0`);
    const environment = { ID: "AKIA", SECRET: "shh", TOKEN: "tok", AWS_REGION_NAME: "eu-central-1" };
    expect(read(text, environment).config).toEqual({
      models: {
        claude: {
          model: "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
          region: "eu-central-1",
          modelId: "arn:aws:bedrock:eu-central-1:000000000000:application-inference-profile/a0",
          credentials: { accessKeyId: "AKIA", secretAccessKey: "shh", sessionToken: "tok" },
          endpoint: { runtime: "https://vpce.example.com" },
        },
      },
    });
  });

  it("with a profile, and with parameters as defaults, the model's own included", () => {
    const text = entry(`aws_profile_name: dev-profile
temperature: 0.7
top_k: 1
user_continue_message: { role: user, content: Please continue }
guardrailConfig: { guardrailIdentifier: ff6ujrregl1q, guardrailVersion: DRAFT }
aws_session_token: null`);
    expect(read(text).config.models!["claude"]).toEqual({
      model: "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      profile: "dev-profile",
      defaults: {
        temperature: 0.7,
        top_k: 1,
        user_continue_message: { role: "user", content: "Please continue" },
        guardrailConfig: { guardrailIdentifier: "ff6ujrregl1q", guardrailVersion: "DRAFT" },
      },
    });
    expect(warned(text)).toEqual([OPEN]);
  });

  it("with a server that speaks Converse", () => {
    const text = `
model_list:
  - model_name: ours
    litellm_params:
      model: bedrock/converse_like/some-model
      api_base: https://models.example.com/converse
      api_key: key
      extra_headers: { x-team: blue }
`;
    expect(read(text).config.models).toEqual({
      ours: {
        model: "bedrock/converse_like/some-model",
        surface: "converse-like",
        url: "https://models.example.com/converse",
        apiKey: "key",
        headers: { "x-team": "blue" },
      },
    });
  });

  it("with credentials that are listed apart", () => {
    const text = `
credential_list:
  - credential_name: prod
    credential_values: { aws_access_key_id: AKIA, aws_secret_access_key: shh, aws_region_name: us-west-2 }
model_list:
  - model_name: claude
    litellm_params: { model: bedrock/x.y, litellm_credential_name: prod, aws_region_name: eu-west-1 }
`;
    expect(read(text).config.models!["claude"]).toMatchObject({
      credentials: { accessKeyId: "AKIA" },
      region: "eu-west-1",
    });
    const unknown = text.replace("litellm_credential_name: prod", "litellm_credential_name: stage");
    expect(complaints(unknown)).toEqual([
      "line 7: 'model_list[0].litellm_params.litellm_credential_name' is not in 'credential_list'.",
    ]);
  });

  it("with the pattern first that says most, and without the provider, which names are held against without", () => {
    const text = `
model_list:
  - { model_name: "*", litellm_params: { model: "bedrock/*" } }
  - { model_name: "bedrock/us.anthropic.*", litellm_params: { model: "bedrock/us.anthropic.*" } }
  - { model_name: nova, litellm_params: { model: us.amazon.nova-pro-v1:0 } }
`;
    expect(Object.entries(read(text).config.models!)).toEqual([
      ["nova", { model: "us.amazon.nova-pro-v1:0" }],
      ["us.anthropic.*", { model: "bedrock/us.anthropic.*" }],
      ["*", { model: "bedrock/*" }],
    ]);
    expect(warned(text)).toEqual([]);
  });

  it("and the settings that mean something here", () => {
    const text = `${entry("temperature: 1")}
litellm_settings: { drop_params: false, modify_params: true, num_retries: 4 }
general_settings: { master_key: sk-1234, custom_auth: false }
router_settings:
  model_group_alias: { gpt-4: claude, gpt-3.5: { model: claude, hidden: true } }
passThrough: true
`;
    const { config, warnings } = read(text);
    expect(config).toMatchObject({
      unsupported: "reject",
      retries: 4,
      apiKeys: ["sk-1234"],
      passThrough: true,
      models: { "gpt-4": "claude", "gpt-3.5": "claude", claude: {} },
    });
    expect(warnings.map(toLine)).toEqual([OPEN]);
  });
});

describe("what LiteLLM does and this does not is told at the start", () => {
  it("line by line, with what to do instead", () => {
    const text = `model_list:
  - model_name: claude
    litellm_params:
      model: bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0
      rpm: 60
      extra_headers: { x: y }
    model_info: { mode: chat }
  - model_name: claude
    litellm_params: { model: bedrock/us.amazon.nova-pro-v1:0 }
  - model_name: gpt-4o
    litellm_params: { model: openai/gpt-4o, api_key: sk-secret }
  - { model_name: gpt-4.1, litellm_params: { model: gpt-4.1 } }
litellm_settings: { cache: true, request_timeout: 600 }
general_settings: { database_url: "postgres://secret" }
router_settings: { routing_strategy: simple-shuffle }
guardrails: []
`;
    expect(warned(text).join("\n")).toMatchInlineSnapshot(`
      "callers may name every model of Bedrock's by its own id, not only what 'model_list' names.
      line 5: 'model_list[0].litellm_params.rpm' is for spreading requests over several entries, which is not done here.
      line 6: 'model_list[0].litellm_params.extra_headers' is told for all models at once: \`headers\`.
      line 7: 'model_list[0].model_info' is not used here.
      line 8: 'claude' stands here again: requests are not spread, and go to its first entry alone.
      line 10: 'gpt-4o' leads to 'openai/gpt-4o', which is not Bedrock's, and is left out.
      line 12: 'gpt-4.1' leads to 'gpt-4.1', which is not Bedrock's, and is left out.
      line 13: 'litellm_settings.cache' is not done here.
      line 13: 'litellm_settings.request_timeout' is not done here: use \`timeouts.firstByte\` and \`timeouts.idle\`, in milliseconds.
      line 14: 'general_settings.database_url' is not done here: keys of LiteLLM's database are not known here: list them under \`apiKeys\`.
      line 15: 'router_settings.routing_strategy' is not done here: requests are not spread over several entries.
      line 16: 'guardrails' is not done here: put \`guardrailConfig\` into the \`litellm_params\` of a model instead."
    `);
    expect(warned(text).join("\n")).not.toContain("secret");
  });

  it("and its variables need not be set: the key of a provider that is gone, a database's address", () => {
    const text = `
model_list:
  - model_name: claude
    litellm_params: { model: bedrock/x.y, temperature: os.environ/T }
  - { model_name: gpt-4o, litellm_params: { model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY } }
general_settings: { master_key: os.environ/KEY, database_url: os.environ/DATABASE_URL }
`;
    expect(read(text, { KEY: "sk-1", T: "1" }).config.models).toHaveProperty("claude");
    expect(complaints(text)).toEqual([
      "line 4: 'model_list[0].litellm_params.temperature' wants the variable T, which is not set.",
      "line 6: 'general_settings.master_key' wants the variable KEY, which is not set.",
    ]);
  });
});

describe("what would call as somebody else, or let strangers in, does not start", () => {
  it.each([
    ["aws_role_name: arn:aws:iam::1:role/x", "aws_role_name' needs AWS STS, which is not here yet"],
    ["aws_web_identity_token: os.environ/T", "aws_web_identity_token' needs AWS STS, which is not here yet"],
  ])("%s", (param, message) => {
    expect(complaints(entry(param.replace("os.environ/T", "token"))).join("\n")).toContain(message);
  });

  it.each(["aws_access_key_id: AKIA", "aws_secret_access_key: shh", "aws_session_token: tok"])(
    "half a key: %s",
    (param) => {
      const [said] = complaints(entry(param));
      expect(said).toBe(
        "line 4: 'model_list[0].litellm_params' needs both aws_access_key_id and aws_secret_access_key.",
      );
    },
  );

  it.each(["custom_auth: my.auth", "enable_jwt_auth: true", 'allowed_ips: ["10.0.0.1"]'])(
    "a guard at the door: %s",
    (setting) => {
      const [said] = complaints(`${entry("temperature: 1")}\ngeneral_settings: { ${setting} }`);
      expect(said).toContain("keeps callers out and is not done here: take it out and use `apiKeys`.");
    },
  );

  it.each([
    ["include: [other.yaml]", "'include' is not followed: put everything into one file."],
    [
      "environment_variables: { A: b }",
      "'environment_variables' is not done here: set them where the server is started.",
    ],
    ["model_list: []", "'model_list' names no model of Bedrock's."],
    ["model_list: [{ model_name: a }]", "'model_list[0].litellm_params' must be a mapping with a `model`."],
    [
      "general_settings: { master_key: 1234 }",
      "'general_settings.master_key' must be a text (in quotes, if it looks like a number).",
    ],
    ["litellm_settings: 5", "'litellm_settings' must be a mapping of names."],
  ])("%s", (text, message) => {
    expect(complaints(text)).toEqual([`line 1: ${message}`]);
  });

  it("one name in both lists", () => {
    expect(complaints(`${entry("temperature: 1")}\nmodels: { claude: x.y }`)).toEqual([
      "line 8: 'claude' stands in 'model_list' too.",
    ]);
  });
});
