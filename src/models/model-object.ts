import type { CatalogueEntry, Mode } from "../bedrock/catalogue/entry.ts";
import type { Supports } from "./supports.ts";

/** OpenAI's Model object; what stands behind `owned_by` is ours, and left out where it is not known. */
export interface ModelObject {
  id: string;
  object: "model";
  /** Unix seconds. */
  created: number;
  owned_by: string;
  /** For people; Open WebUI shows it. */
  name?: string;
  input_modalities?: readonly string[];
  output_modalities?: readonly string[];
  mode?: Mode;
  supports?: Supports;
  bedrock: BedrockFacts;
}

/** What AWS says of it. */
export interface BedrockFacts {
  type: CatalogueEntry["type"] | "alias";
  /** Where an alias leads. */
  alias_of?: string;
  provider?: string;
  name?: string;
  streaming?: boolean;
  lifecycle?: string;
  base_model?: string;
  regions?: readonly string[];
}

/** Source: the schema `Model` of OpenAI's API; clients pass over keys that they do not know. */
export function toModelObject(entry: CatalogueEntry, supports?: Supports): ModelObject {
  const { id, created, ownedBy, inputModalities, outputModalities, mode } = entry;
  return {
    id,
    object: "model",
    created,
    owned_by: ownedBy,
    ...(entry.name !== undefined && { name: entry.name }),
    ...(inputModalities && { input_modalities: inputModalities }),
    ...(outputModalities && { output_modalities: outputModalities }),
    ...(mode && { mode }),
    ...(supports && { supports }),
    bedrock: toFacts(entry),
  };
}

function toFacts({
  type,
  provider,
  name,
  streaming,
  lifecycle,
  baseModel,
  regions,
}: CatalogueEntry): BedrockFacts {
  return {
    type,
    ...(provider !== undefined && { provider }),
    ...(name !== undefined && { name }),
    ...(streaming !== undefined && { streaming }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(baseModel !== undefined && { base_model: baseModel }),
    ...(regions.length > 0 && { regions }),
  };
}

/** For an alias of something that no list has. Bedrock's first day. */
const NO_DATE = Date.UTC(2023, 8, 28) / 1000;

/** A name of the operator's, with the facts of the model that it leads to. */
export function toAliasObject(name: string, leadsTo: string, model: ModelObject | undefined): ModelObject {
  return {
    ...model,
    id: name,
    object: "model",
    created: model?.created ?? NO_DATE,
    owned_by: "bedrock-openai",
    bedrock: { ...model?.bedrock, type: "alias", alias_of: leadsTo },
  };
}
