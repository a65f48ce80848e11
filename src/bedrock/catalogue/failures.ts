import { BedrockOpenAIError } from "../../errors.ts";
import { fromAwsError } from "../errors/errors.ts";
import type { Failure } from "./gather.ts";

/** The part of an SDK error that we read; a refusal by mantle has no AWS name of its own. */
interface AwsFailure {
  name?: string;
  /** Of the network's. */
  code?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const toFailure = (error: unknown): AwsFailure => (error instanceof Error ? error : {});

function nameOf(error: unknown): string {
  const { name = "Error", code, $metadata } = toFailure(error);
  if (name === "Error" && typeof code === "string") return code;
  return name === "NativeError" ? `HTTP ${$metadata?.httpStatusCode}` : name;
}

const PASSING = /throttl|too ?many|timeout|internal|unavailable|HTTP (429|5..)/i;

/** AWS may give the list when it is asked again; a permission or a host that is missing stays so. */
export const isPassing = ({ error }: Failure): boolean => PASSING.test(nameOf(error));

/** For the operator: which lists are missing, why, and what to allow. */
export const describeFailures = (failures: readonly Failure[]): string =>
  `bedrock-openai: the list of models is incomplete. Missing: ${[
    ...new Set(failures.map(({ action, error }) => `${action} (${nameOf(error)})`)),
  ].join(", ")}.`;

/** For the caller, where there is nothing to list. */
export function toListError(failures: readonly Failure[]): BedrockOpenAIError {
  const error = fromAwsError(failures[0]?.error, "models");
  const message = messages(failures)[String(error.code)];
  if (message === undefined) return error;
  return new BedrockOpenAIError(error.status, message, {
    type: error.type,
    code: error.code,
    headers: { ...error.headers },
    cause: error.cause,
  });
}

/** Where AWS's errors are worded for calls of a model. */
const messages = (failures: readonly Failure[]): Readonly<Record<string, string>> => ({
  model_not_available: `This AWS identity may not list models. Allow ${[
    ...new Set(failures.map(({ action }) => action)),
  ].join(", ")}.`,
  service_unavailable: "Bedrock cannot list its models right now.",
  timeout: "AWS did not list its models in time.",
  rate_limit_exceeded: "Rate limit reached for listing models on Bedrock. Please try again in 2s.",
});
