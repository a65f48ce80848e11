import * as z from "../../../schema/z.ts";
import { messagesShape } from "../../../anthropic/request.ts";
import { commonParameters } from "../../../openai/common-parameters.ts";

/** What other wires say in words of their own, or not at all. */
const { n: _, stream_options: __, ...shared } = commonParameters;

/** Anthropic's tiers; and those of operators' defaults. */
const service_tier = z
  .enum(["auto", "standard_only", "default", "flex", "scale", "priority", "fast"])
  .nullish();

/** Every parameter of the wire: Anthropic's, and Bedrock's own under their AWS names. */
export const messagesRequestShape = z.object({ ...shared, ...messagesShape, service_tier });

export const messagesRequest = messagesRequestShape.loose();

/** A request that asks only what a message would cost. */
export const countRequest = messagesRequestShape
  .extend({ max_tokens: messagesShape.max_tokens.nullish() })
  .loose();

export type AskedRequest = z.output<typeof countRequest>;
