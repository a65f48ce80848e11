import { OPEN } from "./bedrock/traits/open.ts";
import { isObject } from "./conversation/json-schema/is-object.ts";
import { hintFor } from "./nearest-name.ts";
import { isOptionName, OPTION_NAMES } from "./option-names.ts";
import type { BedrockOpenAIOptions } from "./options.ts";

/** @throws TypeError for what is no options, such as a Region alone: it would be nobody's guard and nobody's account. */
export function checkAreOptions(options: unknown): void {
  if (isObject(options)) return checkHoldObjects(options);
  const given = Array.isArray(options) ? "a list" : options === null ? "null" : `a ${typeof options}`;
  throw new TypeError(
    `bedrock-openai: options are an object, such as { region: "us-east-1" }, not ${given}.`,
  );
}

/** @throws TypeError for a number or a list in the place of names and their values: it would be no bound, and no model. */
function checkHoldObjects(options: BedrockOpenAIOptions): void {
  const wrong = (["timeouts", "models"] as const).find((name) => !isObject(options[name] ?? {}));
  if (wrong) throw new TypeError(`bedrock-openai: '${wrong}' must be an object.`);
}

/**
 * A guard whose name is misspelt would stand at no door.
 * @throws TypeError for a name that no option has, and for one in `traits` that no trait has.
 */
export function checkNames(options: BedrockOpenAIOptions): void {
  const fault = faultInOptions(options) ?? faultInTraits(options.traits);
  if (fault) throw new TypeError(`bedrock-openai: ${fault}`);
}

function faultInOptions(options: BedrockOpenAIOptions): string | undefined {
  const unknown = Object.keys(options).find((name) => !isOptionName(name));
  return unknown && `there is no option '${unknown.slice(0, 100)}'; ${hintFor(unknown, OPTION_NAMES)}`;
}

function faultInTraits(traits: unknown): string | undefined {
  if (traits === undefined) return undefined;
  if (!isObject(traits)) return "'traits' must be an object of patterns and what their models can do.";
  const faults = Object.entries(traits).map(([pattern, row]) => {
    const fault = faultInRow(row);
    return fault && `'traits' of '${pattern.slice(0, 100)}': ${fault}`;
  });
  return faults.find(Boolean);
}

function faultInRow(row: unknown): string | undefined {
  if (!isObject(row)) return "must be an object.";
  const unknown = Object.keys(row).find((name) => !Object.hasOwn(OPEN, name));
  return unknown && `there is no '${unknown.slice(0, 100)}'; ${hintFor(unknown, Object.keys(OPEN))}`;
}
