import { validationError } from "../aws-error.ts";
import type { Answer, Call } from "../call.ts";
import { constraintMessage } from "../shapes/wording.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { modelArn } from "./foundation-models.ts";
import { FOUNDATION_MODELS } from "./models.ts";
import type { FoundationModel } from "./models.ts";

/** Small, so that clients that do not paginate are caught. */
const DEFAULT_PAGE = 25;
const MAX_PAGE = 1000;
const TYPES = ["SYSTEM_DEFINED", "APPLICATION"];

/** Where the requests of a geography's profile may go; `global` profiles name no region. */
const DESTINATIONS: Record<string, string[]> = {
  us: ["us-east-1", "us-east-2", "us-west-2"],
  "us-gov": ["us-gov-east-1", "us-gov-west-1"],
  eu: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"],
  apac: ["ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  jp: ["ap-northeast-1", "ap-northeast-3"],
  au: ["ap-southeast-2", "ap-southeast-4"],
  ca: ["ca-central-1", "us-east-1"],
  in: ["ap-south-1", "ap-south-2"],
  global: [""],
};

/** GET /inference-profiles with `type`, `maxResults` (default 25) and `nextToken`. */
export function listInferenceProfiles({ account, query }: Call): Answer {
  const { type, maxResults = String(DEFAULT_PAGE), nextToken } = query;
  if (type && !TYPES.includes(type)) {
    throw validationError(
      constraintMessage("type", type, `Member must satisfy enum value set: [${TYPES.join(", ")}]`),
    );
  }
  const size = Number(maxResults);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) {
    const bound = size > MAX_PAGE ? `less than or equal to ${MAX_PAGE}` : "greater than or equal to 1";
    throw validationError(constraintMessage("maxResults", maxResults, `Member must have value ${bound}`));
  }
  const profiles = type === "APPLICATION" ? [] : systemProfiles(account.region);
  const start = nextToken === undefined ? 0 : readToken(nextToken);
  const end = start + size;
  return {
    outcome: jsonOutcome({
      inferenceProfileSummaries: profiles.slice(start, end),
      ...(end < profiles.length && { nextToken: writeToken(end) }),
    }),
  };
}

function systemProfiles(region: string) {
  return FOUNDATION_MODELS.flatMap((model) =>
    model.prefixes.filter((prefix) => covers(prefix, region)).map((prefix) => profile(model, prefix, region)),
  );
}

/** A Region lists the profiles that may be called from it: Canada's reach into the US, but not the other way. */
function covers(prefix: string, region: string): boolean {
  if (prefix === "global") return !region.startsWith("us-gov-");
  if (prefix === "ca") return region.startsWith("ca-");
  return (DESTINATIONS[prefix] ?? []).includes(region);
}

function profile(model: FoundationModel, prefix: string, region: string) {
  const inferenceProfileId = `${prefix}.${model.id}`;
  return {
    inferenceProfileName: `${prefix === "global" ? "Global" : prefix.toUpperCase()} ${model.provider} ${model.name}`,
    description: `Routes requests to ${model.name} in ${prefix}.`,
    createdAt: "2025-01-01T00:00:00Z",
    updatedAt: "2025-01-01T00:00:00Z",
    inferenceProfileArn: `arn:aws:bedrock:${region}:123456789012:inference-profile/${inferenceProfileId}`,
    models: (DESTINATIONS[prefix] ?? []).map((destination) => ({
      modelArn: modelArn(destination, model.id),
    })),
    inferenceProfileId,
    status: "ACTIVE",
    type: "SYSTEM_DEFINED",
  };
}

function writeToken(offset: number): string {
  return Buffer.from(`from:${offset}`).toString("base64url");
}

function readToken(token: string): number {
  const offset = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (offset === undefined) throw validationError("The provided next token is invalid.");
  return Number(offset);
}
