import { BedrockOpenAIError } from "../errors.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import type { ModelEntry } from "../bedrock/models/aliases.ts";
import type { Caller } from "./caller.ts";

/** @throws TypeError for an entry that leads nowhere. */
export type CheckTarget = (target: ModelEntry) => void;

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string" && value !== "";
const isBound: Test = (value) => Number.isInteger(value) && (value as number) > 0;
const areTexts: Test = (value) => Array.isArray(value) && value.every(isText);

const LIMITS: ReadonlySet<string> = new Set(["concurrency", "requestsPerMinute", "tokensPerMinute"]);

const areLimits: Test = (value) =>
  isObject(value) && Object.entries(value).every(([name, most]) => LIMITS.has(name) && isBound(most));

/** Source: AWS's bounds on `requestMetadata`. */
const MAX_PAIRS = 16;
const KEY = /^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}$/;
const VALUE = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;

const isMetadata: Test = (value) =>
  isObject(value) &&
  Object.keys(value).length <= MAX_PAIRS &&
  Object.entries(value).every(([key, text]) => KEY.test(key) && typeof text === "string" && VALUE.test(text));

/** What each member may be, and how that is said. */
const MEMBERS: Readonly<Record<keyof Caller, readonly [Test, string]>> = {
  id: [isText, "a text"],
  models: [areTexts, "a list of names or patterns"],
  limits: [areLimits, `whole numbers, 1 or more, under ${[...LIMITS].join(", ")}`],
  metadata: [
    isMetadata,
    `at most ${MAX_PAIRS} texts of AWS's characters (letters, digits, spaces and :_@$#=/+,.-), 256 at the most`,
  ],
  target: [isObject, "an object, as an entry of `models`"],
};

/** What is for all callers, and stands in the option `models`. */
const NOT_FOR_ONE = ["defaults", "fallbacks", "spread"];

/**
 * What `authorize` says of a caller, if it can be believed. What is there and undefined was looked up and not found: nothing
 * of it is taken for "no bounds".
 * @throws BedrockOpenAIError 500, with what is wrong of it as its cause, for the operator.
 */
export function readCaller(said: object, checkTarget: CheckTarget): Caller {
  try {
    const fault = faultOf(said);
    if (fault) throw new TypeError(`bedrock-openai: authorize() answered a caller that is none: ${fault}.`);
    const caller = said as Caller;
    if (caller.target) checkTarget(caller.target);
    return caller;
  } catch (cause) {
    throw new BedrockOpenAIError(500, "The server could not tell what you may do.", {
      type: "server_error",
      cause,
    });
  }
}

function faultOf(said: object): string | undefined {
  const members = isObject(said) ? Object.entries(said) : [];
  if (members.length === 0) return "it says nothing";
  for (const [name, value] of members) {
    if (!Object.hasOwn(MEMBERS, name))
      return `there is no '${name.slice(0, 100)}'; known are ${Object.keys(MEMBERS).join(", ")}`;
    const [isRight, words] = MEMBERS[name as keyof Caller];
    if (!isRight(value)) return `'${name}' must be ${words}`;
  }
  const { id, limits, target } = said as Caller;
  if (limits && id === undefined) return "'limits' are those of an 'id', and there is none";
  const misplaced = NOT_FOR_ONE.find((name) => target && name in target);
  return misplaced && `'target' has no '${misplaced}'`;
}
