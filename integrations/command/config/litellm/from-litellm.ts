import { type Fault, pathName } from "../fault.ts";
import type { ConfigFile } from "../shape.ts";
import { withFallbacks } from "./fallbacks.ts";
import { readModelList } from "./model-list.ts";
import { readSettings, RULES } from "./settings.ts";

/** Sections of LiteLLM's that are not done here, and what to do instead. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  guardrails: "put `guardrailConfig` into the `litellm_params` of a model instead",
  callback_settings: "",
  files_settings: "",
  finetune_settings: "",
  mcp_servers: "",
  mcp_tools: "",
  prompts: "",
  search_tools: "",
  vector_store_registry: "",
};

/** What cannot be left out without doing something else than the file says. */
const REFUSED: Readonly<Record<string, string>> = {
  include: "is not followed: put everything into one file",
  environment_variables: "is not done here: set them where the server is started",
};

const READ = new Set(["model_list", "credential_list", ...Object.keys(RULES)]);

export interface FromLiteLLM {
  /** The rest of the file. */
  own: Record<string, unknown>;
  litellm: ConfigFile;
  faults: Fault[];
  /** By the path of what is left out, or the whole file's. */
  warnings: Fault[];
}

/** What a LiteLLM proxy's config.yaml means here. Whatever it asks for and does not get is named. */
export function fromLiteLLM(file: Readonly<Record<string, unknown>>): FromLiteLLM {
  const parts = Object.keys(file);
  const list = parts.includes("model_list") ? readModelList(file) : undefined;
  const settings = Object.keys(RULES)
    .filter((section) => parts.includes(section))
    .map((section) => readSettings(section, file[section]));
  const litellm: ConfigFile = Object.assign({}, ...settings.map(({ config }) => config));
  const { models, ...listed } = withFallbacks({ ...list?.models, ...litellm.models }, file);
  const said = (words: Readonly<Record<string, string>>): string[] =>
    parts.filter((part) => Object.hasOwn(words, part));
  return {
    own: Object.fromEntries(
      Object.entries(file).filter(
        ([part]) => !READ.has(part) && !Object.hasOwn(LEFT_OUT, part) && !Object.hasOwn(REFUSED, part),
      ),
    ),
    litellm: { ...litellm, ...(Object.keys(models).length > 0 && { models }) },
    faults: [
      ...(list?.faults ?? []),
      ...listed.faults,
      ...settings.flatMap(({ faults }) => faults),
      ...said(REFUSED).map((part) => ({ path: [part], message: `'${part}' ${REFUSED[part]}.` })),
    ],
    warnings: [
      ...(list?.warnings ?? []),
      ...listed.warnings,
      ...settings.flatMap(({ warnings }) => warnings),
      ...said(LEFT_OUT).map((part) => leftOut(part)),
      ...(list && !("*" in models) ? [OPEN] : []),
    ],
  };
}

const leftOut = (part: string): Fault => ({
  path: [part],
  message: `'${pathName([part])}' is not done here${LEFT_OUT[part] ? `: ${LEFT_OUT[part]}` : ""}.`,
});

/** The one difference that opens something. */
const OPEN: Fault = {
  path: [],
  message: "callers may name every model of Bedrock's by its own id, not only what 'model_list' names.",
};
