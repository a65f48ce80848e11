import { aliasOf, findAlias, namesOf } from "../bedrock/models/aliases.ts";
import type { CatalogueEntry } from "../bedrock/catalogue/entry.ts";
import type { CallContext } from "../context.ts";
import { isAllowed } from "../gate/allowed-models.ts";
import { invalidRequest } from "../errors.ts";
import { jsonResponse } from "../http/json.ts";
import { findEntry } from "./find-entry.ts";
import { type ModelObject, toAliasObject, toModelObject } from "./model-object.ts";
import { listedSupports } from "./listed-supports.ts";
import { unknownModel } from "./unknown-model.ts";

/** `GET /models`: whatever the caller can call, aliases included, by id. `?refresh=true` asks AWS anew. */
export async function listModels(context: CallContext): Promise<Response> {
  const names = ownNames(context);
  const entries = await entriesFor(context, names.length > 0);
  const callable = entries.filter(({ id }) => isAllowed(context, id));
  const listed = await Promise.all(callable.map((entry) => toObject(entry, context)));
  const models = new Map(listed.map((model) => [model.id, model]));
  for (const model of await Promise.all(names.map((name) => find(name, entries, context)))) {
    if (model) models.set(model.id, model);
  }
  const data = [...models.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return jsonResponse({ object: "list", data });
}

/**
 * `GET /models/{id}`, the id percent-encoded or not.
 * @throws BedrockOpenAIError 404 `model_not_found`, with the ids that are nearest; 400 for broken percent-encoding.
 */
export async function retrieveModel(context: CallContext, encoded: string): Promise<Response> {
  const id = decode(encoded);
  const { models: aliases } = context.options;
  const entries = await entriesFor(context, findAlias(id, aliases) !== undefined);
  const model = isAllowed(context, id) ? await find(id, entries, context) : undefined;
  const known = entries.map((entry) => entry.id).filter((name) => isAllowed(context, name));
  if (!model) throw unknownModel(id, [...ownNames(context), ...known]);
  return jsonResponse(model);
}

const ownNames = (context: CallContext): string[] =>
  namesOf(context.options.models).filter((name) => isAllowed(context, name));

/** @param aliased The operator's own names stand, whatever AWS says. */
async function entriesFor(context: CallContext, aliased: boolean): Promise<readonly CatalogueEntry[]> {
  const { request, signal, bedrock } = context;
  try {
    return await bedrock.models({ refresh: wantsRefresh(request), signal });
  } catch (error) {
    if (!aliased || signal.aborted) throw error;
    return [];
  }
}

const wantsRefresh = ({ url, headers }: Request): boolean =>
  /[?&]refresh=true(&|$)/.test(url) || /\bno-cache\b/i.test(headers.get("cache-control") ?? "");

/** By its own name or by the operator's; undefined for what is neither listed nor an alias. */
async function find(
  name: string,
  entries: readonly CatalogueEntry[],
  context: CallContext,
): Promise<ModelObject | undefined> {
  const alias = findAlias(name, context.options.models);
  // Of what is spread the first member stands for all.
  const said = alias?.spread ? aliasOf(name, context.options.models) : alias;
  const leadsTo = said?.modelId ?? said?.model ?? name;
  const entry = findEntry(leadsTo, entries);
  const model = entry && (await toObject(entry, context));
  // What only sets defaults for a model is the model.
  if (!alias || (model && findEntry(name, [entry]))) return model;
  return toAliasObject(name, leadsTo, model);
}

const toObject = async (entry: CatalogueEntry, context: CallContext): Promise<ModelObject> =>
  toModelObject(entry, await listedSupports(entry, context));

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw invalidRequest("The model's id in the URL is not valid percent-encoding.", {
      param: "model",
      cause,
    });
  }
}
