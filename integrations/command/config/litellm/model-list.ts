import * as z from "zod";
import { toFaults } from "../complaints.ts";
import { type Fault, type Path, pathName } from "../fault.ts";
import type { Entry } from "../shape.ts";
import { listOf, recordOf, text } from "../shapes.ts";
import { toEntry } from "./entry.ts";
import { type Member, toGroup } from "./group.ts";
import { bedrockModel } from "./model-string.ts";
import { sorted } from "./params.ts";

const LIST = z.object({
  model_list: listOf(
    z.looseObject({
      model_name: text("the name that callers use"),
      litellm_params: z.looseObject({ model: text("a model string") }, "must be a mapping with a `model`"),
    }),
  ),
});

const CREDENTIALS = z.object({
  credential_list: listOf(
    z.looseObject({ credential_name: text(), credential_values: recordOf(z.unknown()) }),
  ).exactOptional(),
});

interface Listed {
  models: Record<string, Entry>;
  faults: Fault[];
  warnings: Fault[];
}

/** What is found of each name; of some there are several. */
interface Found extends Omit<Listed, "models"> {
  groups: Map<string, Member[]>;
}

type Item = z.output<typeof LIST>["model_list"][number];

/** `model_list` as the option `models`; its own checks are those of the option. */
export function readModelList(file: Readonly<Record<string, unknown>>): Listed {
  const list = LIST.safeParse({ model_list: file["model_list"] });
  const named = CREDENTIALS.safeParse(
    file["credential_list"] == null ? {} : { credential_list: file["credential_list"] },
  );
  if (!list.success || !named.success)
    return {
      models: {},
      warnings: [],
      faults: [list, named].flatMap(({ error }) => (error ? toFaults(error) : [])),
    };

  const values = new Map(
    (named.data.credential_list ?? []).map((each) => [each.credential_name, each.credential_values]),
  );
  const found: Found = { groups: new Map(), faults: [], warnings: [] };
  for (const [index, item] of list.data.model_list.entries())
    addItem(found, item, ["model_list", index], values);
  const { groups, faults, warnings } = found;
  if (groups.size === 0 && faults.length === 0)
    faults.push({ path: ["model_list"], message: "'model_list' names no model of Bedrock's." });
  const grouped = [...groups].map(([name, members]) => toGroup(name, members));
  return {
    models: inOrder(Object.fromEntries(grouped.flatMap(({ models }) => Object.entries(models)))),
    faults,
    warnings: [...warnings, ...grouped.flatMap(({ warnings: more }) => more)],
  };
}

function addItem(found: Found, item: Item, path: Path, values: ReadonlyMap<string, object>): void {
  const { model_name: given, litellm_params: params, ...others } = item;
  const tell = (at: Path, message: string): void => void found.warnings.push({ path: at, message });
  const model = bedrockModel(params.model, params["custom_llm_provider"]);
  if (model === undefined) {
    return tell(path, `'${given}' leads to '${params.model}', which is not Bedrock's, and is left out.`);
  }
  for (const member of Object.keys(others))
    tell([...path, member], `'${pathName([...path, member])}' is not used here.`);

  const from = params["litellm_credential_name"];
  const stored = typeof from === "string" ? values.get(from) : undefined;
  const at = [...path, "litellm_params"];
  if (from != null && !stored)
    found.faults.push({
      path: at,
      message: `'${pathName(at)}.litellm_credential_name' is not in 'credential_list'.`,
    });
  const { entry, faults, warnings } = toEntry(model, sorted({ ...stored, ...params }, at), at);
  found.faults.push(...faults);
  found.warnings.push(...warnings);
  if (!entry) return;
  const name = patternOf(given);
  found.groups.set(name, [...(found.groups.get(name) ?? []), { entry, params, path }]);
}

/** Our patterns are held against names without the provider. */
const patternOf = (name: string): string => (name.includes("*") ? name.replace(/^bedrock\//, "") : name);

/** LiteLLM takes the pattern that says most, we the first: the longest come first. Names are found before any. */
function inOrder(models: Record<string, Entry>): Record<string, Entry> {
  const entries = Object.entries(models);
  const patterns = entries.filter(([name]) => name.includes("*"));
  const names = entries.filter(([name]) => !name.includes("*"));
  return Object.fromEntries([...names, ...patterns.toSorted(([a], [b]) => b.length - a.length)]);
}
