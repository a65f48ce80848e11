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

  it("with the role of an entry, and who takes it on", () => {
    const arn = "arn:aws:iam::123456789012:role/bedrock";
    const role = `aws_role_name: ${arn}\naws_session_name: proxy`;
    const made = (params: string) => read(entry(`${role}\n${params}`)).config.models!["claude"];
    const model = "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    expect(
      made("aws_external_id: e-1\naws_session_tags: [{ Key: team, Value: search }]\naws_profile_name: hub"),
    ).toEqual({
      model,
      profile: "hub",
      role: { arn, sessionName: "proxy", externalId: "e-1", tags: { team: "search" } },
    });
    expect(made("aws_web_identity_token: /var/run/secrets/token")).toEqual({
      model,
      role: { arn, sessionName: "proxy" },
      webIdentityToken: { file: "/var/run/secrets/token" },
    });
  });

  it("with the one who calls that comes first in LiteLLM too, and says who does not", () => {
    const text = entry(`aws_web_identity_token: a.b.c
aws_role_name: arn:aws:iam::123456789012:role/bedrock
aws_profile_name: hub
aws_external_id: e-1`);
    expect(warned(text)).toEqual([
      OPEN,
      "line 8: 'model_list[0].litellm_params.aws_profile_name' is not used beside aws_web_identity_token.",
      "line 9: 'model_list[0].litellm_params.aws_external_id' is not used beside aws_web_identity_token.",
    ]);
    expect(read(text).config.models!["claude"]).not.toHaveProperty("profile");
    expect(warned(entry("aws_session_name: x"))).toContain(
      "line 6: 'model_list[0].litellm_params.aws_session_name' belongs to a role and does nothing without one.",
    );
  });

  it("with headers for its own calls", () => {
    expect(read(entry("extra_headers: { x-team: search }")).config.models!["claude"]).toMatchObject({
      headers: { "x-team": "search" },
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
      line 5: 'model_list[0].litellm_params.rpm' limits nothing here; it only weighs entries of one name against each other.
      line 7: 'model_list[0].model_info' is not used here.
      line 10: 'gpt-4o' leads to 'openai/gpt-4o', which is not Bedrock's, and is left out.
      line 12: 'gpt-4.1' leads to 'gpt-4.1', which is not Bedrock's, and is left out.
      line 13: 'litellm_settings.cache' is not done here.
      line 13: 'litellm_settings.request_timeout' is not done here: use \`timeouts.firstByte\` and \`timeouts.idle\`, in milliseconds.
      line 14: 'general_settings.database_url' is not done here: keys of LiteLLM's database are not known here: list them under \`apiKeys\`.
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
    ["aws_web_identity_token: a.b.c", "aws_web_identity_token' needs the aws_role_name that it is for."],
    [
      "aws_role_name: arn:aws:iam::123456789012:role/r\naws_web_identity_token: oidc/google/x",
      "aws_web_identity_token' names a provider that is not asked here: put the token into a file.",
    ],
  ])("%s", (param, message) => {
    expect(complaints(entry(param)).join("\n")).toContain(message);
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

describe("several entries of one name", () => {
  const east = "{ model: bedrock/a.b, aws_region_name: us-east-1";
  const west = "{ model: bedrock/a.b, aws_region_name: us-west-2";
  const list = (...params: string[]): string =>
    `model_list:\n${params.map((each) => `  - { model_name: claude, litellm_params: ${each} }`).join("\n")}\n`;
  const members = {
    "claude#1": { model: "bedrock/a.b", region: "us-east-1" },
    "claude#2": { model: "bedrock/a.b", region: "us-west-2" },
  };

  it.each<[string, string, string, object]>([
    ["evenly", "}", "}", { spread: { "claude#1": 1, "claude#2": 1 } }],
    ["by weight", ", weight: 3 }", ", weight: 1 }", { spread: { "claude#1": 3, "claude#2": 1 } }],
    ["by their limits", ", rpm: 600 }", ", rpm: 200 }", { spread: { "claude#1": 600, "claude#2": 200 } }],
    [
      "and what weighs nothing stands in",
      ", weight: 1 }",
      ", weight: 0 }",
      { spread: { "claude#1": 1 }, fallbacks: ["claude#2"] },
    ],
    [
      "and what comes later stands in",
      ", order: 2 }",
      ", order: 1 }",
      { spread: { "claude#2": 1 }, fallbacks: ["claude#1"] },
    ],
  ])("are spread over: %s", (_, first, second, expected) => {
    expect(read(list(east + first, west + second)).config.models).toEqual({ ...members, claude: expected });
  });

  it("have the parameters of the first, and it is said where another has others", () => {
    const text = list(`${east}, temperature: 0 }`, `${west}, temperature: 1 }`);
    expect(read(text).config.models).toMatchObject({ claude: { defaults: { temperature: 0 } } });
    expect(warned(text)).toContain(
      "line 3: 'model_list[1]' sets other parameters than the first entry of its name, and those of the first count for all.",
    );
  });

  it("that are patterns stay patterns, the longer before the shorter", () => {
    const text = list(`${east} }`, `${west} }`).replaceAll("model_name: claude", 'model_name: "*"');
    expect(Object.keys(read(text).config.models!)).toEqual(["*#1", "*#2", "*"]);
  });
});

describe("fallbacks", () => {
  const text = `
model_list:
  - { model_name: claude, litellm_params: { model: bedrock/a.b } }
  - { model_name: nova, litellm_params: { model: bedrock/c.d } }
  - { model_name: large, litellm_params: { model: bedrock/e.f } }
router_settings:
  fallbacks: [{ claude: [nova, gpt-4o] }, { gone: [nova] }]
  context_window_fallbacks: [{ claude: [large] }]
litellm_settings:
  default_fallbacks: [large]
`;

  it("are those of LiteLLM's lists; who has none has the default ones, and nobody itself", () => {
    expect(read(text).config.models).toEqual({
      claude: { model: "bedrock/a.b", fallbacks: ["nova", "large"] },
      nova: { model: "bedrock/c.d", fallbacks: ["large"] },
      large: { model: "bedrock/e.f" },
    });
  });

  it("that are not served here are named", () => {
    expect(warned(text)).toEqual(
      expect.arrayContaining([
        "line 7: 'router_settings.fallbacks': 'gone' is not served here, and is left out.",
        "line 7: 'router_settings.fallbacks': 'gpt-4o' is not served here, and is left out.",
      ]),
    );
  });

  it("of another shape are a fault", () => {
    expect(complaints(text.replace("[{ claude: [large] }]", "{ claude: large }"))).toEqual([
      "line 8: 'router_settings.context_window_fallbacks' must be a list, with a dash before each item.",
    ]);
  });
});
