import { isRegion, partitionOf } from "../bedrock/models/region.ts";

/** A guardrail by its id or ARN. */
export interface GuardrailName {
  /** As it goes into the URL. */
  identifier: string;
  id: string;
  /** Set where an ARN says so. */
  version?: string;
  region?: string;
}

/** Source: the `guardrailIdentifier` pattern of the `bedrock-runtime` service model. A version may stand behind the ARN. */
const ARN =
  /^(arn:(aws[a-z-]{0,12}):bedrock:([a-z0-9-]{1,20}):\d{12}:guardrail\/([a-z0-9]+))(?::(DRAFT|[1-9]\d{0,7}))?$/;

const ID = /^[a-z0-9]+$/;

/** @returns undefined for what AWS would not take for the ARN of a guardrail. */
export function parseGuardrailArn(text: string): GuardrailName | undefined {
  const [, identifier, partition, region = "", id, version] = ARN.exec(text) ?? [];
  if (!identifier || !id || !isRegion(region) || partitionOf(region) !== partition) return undefined;
  return { identifier, id, region, ...(version && { version }) };
}

/** The same for what may be a bare id too. */
export const parseGuardrail = (text: string): GuardrailName | undefined =>
  ID.test(text) ? { identifier: text, id: text } : parseGuardrailArn(text);
