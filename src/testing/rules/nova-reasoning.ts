import { NOVA_2 } from "./families.ts";
import { additionalFields, isObject } from "./request.ts";
import type { ConverseRequest } from "./request.ts";
import { extraneousKey, firstOf, modelError } from "./rule.ts";
import type { Rule } from "./rule.ts";

/** `reasoningConfig`, member by member. */
const VALUES: Record<string, readonly string[]> = {
  type: ["enabled", "disabled"],
  maxReasoningEffort: ["low", "medium", "high"],
};
const LEFT_TO_NOVA = ["temperature", "topP", "topK", "maxTokens"];

export const NOVA_REASONING_RULES: readonly Rule[] = [
  {
    name: "Nova 2 reasons at three levels or not",
    check: (request, { baseId }) => {
      const config = reasoningConfig(request);
      if (!NOVA_2.test(baseId) || config === undefined) return undefined;
      if (!isObject(config)) return malformed("#/reasoningConfig: expected type: JSONObject");
      if (!("type" in config)) return malformed("#/reasoningConfig: required key [type] not found");
      return firstOf(Object.entries(config), ([key, value]) => {
        const allowed = Object.hasOwn(VALUES, key) ? VALUES[key] : undefined;
        if (!allowed) return modelError(extraneousKey(key, "#/reasoningConfig"));
        if (allowed.includes(String(value))) return undefined;
        return malformed(`#/reasoningConfig/${key}: ${String(value)} is not a valid enum value`);
      });
    },
  },
  {
    name: "Nova at high effort chooses everything itself",
    check: (request) => {
      const config = reasoningConfig(request);
      const high =
        isObject(config) && config["type"] === "enabled" && config["maxReasoningEffort"] === "high";
      const { inferenceConfig: native } = additionalFields(request);
      const set: Record<string, unknown> = { ...request.inferenceConfig, ...(isObject(native) && native) };
      return high && LEFT_TO_NOVA.some((name) => set[name] !== undefined)
        ? modelError("temperature, topP, topK and maxTokens must be unset when maxReasoningEffort is high")
        : undefined;
    },
  },
];

function reasoningConfig(request: ConverseRequest): unknown {
  return additionalFields(request)["reasoningConfig"];
}

function malformed(what: string): string {
  return modelError(`Malformed input request: ${what}, please reformat your input and try again.`);
}
