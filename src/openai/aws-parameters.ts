import * as z from "../schema/z.ts";
import { jsonObject } from "./cache-marks.ts";
import { textRecord } from "./text-record.ts";

/** AWS's bounds on its own parameters, so that what it would refuse is refused before it is sent. */
const guardrailConfig = z.looseObject({
  guardrailIdentifier: z
    .string()
    .min(1)
    .max(2048)
    .regex(
      /^([a-z0-9]+|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/,
      "expected the id or ARN of a guardrail",
    ),
  guardrailVersion: z.string().regex(/^(|DRAFT|[1-9]\d{0,7})$/, "expected DRAFT or a version number"),
  trace: z.enum(["enabled", "disabled", "enabled_full"]).nullish(),
  streamProcessingMode: z.enum(["sync", "async"]).nullish(),
});

/** What every request may say of how Bedrock is to treat it, and of who asks. `null` means "not given". */
export const awsParameters = {
  // LiteLLM's: what goes into the URL, where `model` only says what it is.
  model_id: z.string().min(1).nullish(),
  service_tier: z.enum(["auto", "default", "flex", "scale", "priority", "fast"]).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  metadata: textRecord.nullish(),
  guardrailConfig: guardrailConfig.nullish(),
  performanceConfig: z.looseObject({ latency: z.enum(["standard", "optimized"]) }).nullish(),
  serviceTier: z.looseObject({ type: z.enum(["priority", "default", "flex", "reserved"]) }).nullish(),
  requestMetadata: textRecord.nullish(),
  additionalModelRequestFields: jsonObject.nullish(),
};

const awsRequest = z.looseObject(awsParameters);

export type AwsParameters = z.output<typeof awsRequest>;
