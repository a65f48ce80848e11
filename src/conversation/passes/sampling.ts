import type { Adjustment } from "../../adjustments.ts";
import { isThinking, novaChooses } from "../reasoning/request.ts";
import type { Traits } from "../traits.ts";
import { type Fitted, unchanged } from "../fitting.ts";
import type { Conversation, InferenceConfig } from "../types.ts";

/** Keeps of temperature and topP what the model accepts. */
export function sampling(conversation: Conversation, traits: Traits): Fitted {
  const { inferenceConfig: wanted, ...rest } = conversation;
  if (!wanted) return unchanged(conversation);
  const config: InferenceConfig = { ...wanted };
  const adjustments: Adjustment[] = [];
  const drop = (member: keyof InferenceConfig, param: string, reason: string): void => {
    if (config[member] === undefined) return;
    delete config[member];
    adjustments.push({ param, action: "dropped", reason });
  };

  const accepted = traits.sampling;
  if (accepted === "none" || accepted === "topP")
    drop("temperature", "temperature", "This model does not accept a temperature.");
  if (accepted === "none" || accepted === "temperature")
    drop("topP", "top_p", "This model does not accept top_p.");
  if (isThinking(conversation)) {
    drop("temperature", "temperature", "Thinking fixes the temperature.");
    drop("topP", "top_p", "Thinking does not go with top_p.");
  }
  if (novaChooses(conversation)) {
    drop("temperature", "temperature", "At high effort this model chooses its temperature.");
    drop("topP", "top_p", "At high effort this model chooses top_p.");
    drop("maxTokens", "max_completion_tokens", "At high effort this model chooses its own limit.");
  }
  if (accepted === "one" && config.temperature !== undefined) {
    drop("topP", "top_p", "This model accepts temperature or top_p, not both.");
  }
  const hottest = traits.maxTemperature;
  if (config.temperature !== undefined && config.temperature > hottest) {
    adjustments.push({
      param: "temperature",
      action: "clamped",
      reason: `Bedrock accepts temperatures from 0 to ${hottest}.`,
    });
    config.temperature = hottest;
  }
  const kept = Object.keys(config).length > 0 ? { inferenceConfig: config } : {};
  return { conversation: { ...rest, ...kept }, adjustments };
}
