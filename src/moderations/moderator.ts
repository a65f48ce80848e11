import type { Account } from "../bedrock/clients/account.ts";
import { unknownModel } from "../bedrock/errors/model-not-found.ts";
import { aliasOf, findAlias, type ModelAliases } from "../bedrock/models/aliases.ts";
import { isRegion } from "../bedrock/models/region.ts";
import { invalidRequest } from "../errors.ts";
import type { ModerationRequest } from "../openai/moderation-request.ts";
import type { Notes } from "../reception/notes.ts";
import { type GuardrailName, parseGuardrail, parseGuardrailArn } from "./guardrail-name.ts";

/** Who judges: AWS's checks, which need nothing to be set up, or a guardrail of the account's. */
export interface Moderator {
  /** As answers and errors name it: never with an account in it. */
  name: string;
  /** Default: the Region of the options or the environment. */
  region: string | undefined;
  /** By whose access. Default: that of the options. */
  account?: Account | undefined;
  guardrail?: { identifier: string; version: string };
}

export const CHECKS = "guardrail-checks";

/** OpenAI's moderation models all mean what there is here. */
const KNOWN = /^(guardrail-checks|(omni|text)-moderation-[\w.-]+)$/;

const DRAFT = "DRAFT";

/**
 * Who judges a request: the guardrail of its `guardrailConfig`, then one that `model` names, then the checks.
 * @throws BedrockOpenAIError 404 `model_not_found` for a name that does not moderate, 400 for what is no guardrail.
 */
export function moderatorOf(
  request: ModerationRequest,
  models: ModelAliases | undefined,
  notes: Notes,
): Moderator {
  const { guardrailConfig } = request;
  const { region, name, arn } = readName(request, models);
  const own = guardrailConfig ? configured(guardrailConfig.guardrailIdentifier) : undefined;
  // A name of the operator's own is what its guardrail makes of it.
  const isOwnName = own !== undefined && findAlias(name, models)?.model === name;
  if (!arn && !KNOWN.test(name) && !isOwnName) throw unknownModel(request.model, WHO_MODERATES);
  const guardrail = own ?? arn;
  if (!guardrail) return { name: CHECKS, region };
  const version = own ? guardrailConfig?.guardrailVersion : guardrail.version;
  if (!version)
    notes.note("guardrailConfig.guardrailVersion", "added", "No version was named; the draft was asked.");
  return {
    name: `${guardrail.id}:${version || DRAFT}`,
    region: region ?? guardrail.region,
    guardrail: { identifier: guardrail.identifier, version: version || DRAFT },
  };
}

const WHO_MODERATES =
  "Names that moderate are 'omni-moderation-latest', 'guardrail-checks' and the ARN of a guardrail.";

interface ReadName {
  name: string;
  region: string | undefined;
  arn: GuardrailName | undefined;
}

/** `bedrock/` and a Region may stand before a name, as they may before a model's. */
const NAME = /^(?:bedrock\/)?(?:([a-z0-9-]+)\/)?(arn:.+|[^/]+)$/;

function readName(
  { model, model_id: modelId }: ModerationRequest,
  models: ModelAliases | undefined,
): ReadName {
  const entry = aliasOf(model, models);
  const text = entry.modelId ?? modelId ?? entry.model ?? model;
  const [, prefix, name = ""] = NAME.exec(text) ?? [];
  if (prefix !== undefined && !isRegion(prefix)) throw unknownModel(model, WHO_MODERATES);
  return { name, region: entry.region ?? prefix, arn: parseGuardrailArn(name) };
}

function configured(identifier: string): GuardrailName {
  const guardrail = parseGuardrail(identifier);
  if (guardrail && guardrail.version === undefined) return guardrail;
  const param = "guardrailConfig.guardrailIdentifier";
  throw invalidRequest(`Invalid '${param}': expected the id or ARN of a guardrail.`, {
    code: "invalid_value",
    param,
  });
}
