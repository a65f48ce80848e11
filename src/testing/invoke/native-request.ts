import { validationError } from "../aws-error.ts";
import { modelBehind } from "../catalogue/model-behind.ts";
import type { Model } from "../catalogue/model-id.ts";
import { isObject } from "../rules/request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { checkRules } from "../rules/rule.ts";
import { checkBody } from "./check-body.ts";
import { FAMILIES } from "./families.ts";
import type { Family, Reading } from "./family.ts";
import { type Imported, importedModel } from "./imported-model.ts";
import { malformedBody, NO_JSON } from "./malformed.ts";
import { SERVICE_RULES } from "./rule-sets.ts";
import type { RequestFromHeaders } from "./request-headers.ts";

/** A native body that has passed everything AWS and the model check. */
export interface NativeRequest extends Reading {
  family: Family;
  body: Record<string, unknown>;
}

/** Reads a native body, or refuses it as the model's family does. */
export function readNativeRequest(
  body: unknown,
  model: Model,
  streaming: boolean,
  headers: RequestFromHeaders = {},
): NativeRequest {
  if (!isObject(body)) throw validationError(NO_JSON);
  const family = familyOf(model, body);
  const findings = checkBody(family.shape(model), body);
  const refused =
    family.refuse?.(findings) ?? malformedBody(findings) ?? family.check?.(body, model, streaming);
  if (refused !== undefined) throw validationError(refused);
  if (streaming && !family.chunks) throw validationError("The model is unsupported for streaming.");
  const reading = family.read(body, model);
  const request: ConverseRequest = { ...reading.request, ...headers };
  checkRules([...SERVICE_RULES, ...(family.rules ?? [])], request, model, streaming);
  return { ...reading, request, family, body };
}

function familyOf(model: Model, body: Record<string, unknown>): Family {
  const candidates = candidatesFor(model, body);
  const family = candidates.find(({ claims }) => claims?.(body) ?? true) ?? candidates[0];
  if (!family) throw validationError("The provided model identifier is invalid.");
  return family;
}

function candidatesFor(model: Model, body: Record<string, unknown>): Family[] {
  if (model.baseId) return FAMILIES.filter(({ models }) => models.test(model.baseId));
  const imported = importedModel(model.id);
  if (imported) return FAMILIES.filter((family) => serves(family, imported));
  return hiddenBehind(model, body);
}

/** Of the older imports Mistral's know Mistral's format, and the others Llama's. */
function serves({ imported: kind }: Family, { old, architecture }: Imported): boolean {
  if (!old) return kind === "new" || kind === "llama";
  return kind === (architecture === "mistral" ? "mistral" : "llama");
}

/** An ARN that the account does not own serves every family, and the body tells which it is for. */
function hiddenBehind(model: Model, body: Record<string, unknown>): Family[] {
  const behind = modelBehind(model.id);
  if (behind !== undefined) return FAMILIES.filter(({ models }) => models.test(behind));
  const fitting = FAMILIES.filter((family) => checkBody(family.shape(model), body).length === 0);
  if (fitting.length === 0) throw validationError(NO_JSON);
  return fitting;
}
