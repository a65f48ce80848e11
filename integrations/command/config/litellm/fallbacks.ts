import { toFaults } from "../complaints.ts";
import { type Fault, type Path, pathName } from "../fault.ts";
import type { Entry } from "../shape.ts";
import { listOf, recordOf, text } from "../shapes.ts";
import { bedrockModel } from "./model-string.ts";

const NAMES = listOf(text("a model_name"));
const BY_NAME = listOf(recordOf(NAMES));
const FOR_ALL = NAMES.transform((names) => [{ "*": names }]);

/** Where LiteLLM's lists stand, the first of a name first. Each says for some names, or for all, who answers instead. */
const LISTS = ["fallbacks", "context_window_fallbacks", "default_fallbacks"] as const;
const SECTIONS = ["router_settings", "litellm_settings"] as const;

type Models = Readonly<Record<string, string | Entry>>;

export interface WithFallbacks {
  models: Record<string, string | Entry>;
  faults: Fault[];
  warnings: Fault[];
}

interface Saying {
  /** `*` is everybody who has no list of his own. */
  of: string;
  names: readonly string[];
  path: Path;
}

/** Gives names of models the fallbacks that LiteLLM's settings have for them. */
export function withFallbacks(models: Models, file: Readonly<Record<string, unknown>>): WithFallbacks {
  const { sayings, faults } = read(file);
  const warnings: Fault[] = [];
  const warn = (path: Path, name: string): void =>
    void warnings.push({
      path,
      message: `'${pathName(path)}': '${name}' is not served here, and is left out.`,
    });

  for (const { of, path } of sayings) if (of !== "*" && !Object.hasOwn(models, of)) warn(path, of);
  const known = sayings.map(({ names, path, of }) => ({
    of,
    names: names.filter((name) => isServed(name, models) || warn(path, name)),
  }));
  const namesFor = (of: string): string[] =>
    known.filter((each) => each.of === of).flatMap(({ names }) => names);

  const given = Object.entries(models).map(([name, entry]): [string, string | Entry] => {
    // One that stands behind another name has no life of its own.
    const own = name.includes("#") ? [] : [namesFor(name), namesFor("*")].find((names) => names.length > 0);
    const whole = typeof entry === "string" ? { model: entry } : entry;
    const fallbacks = [...new Set([...(whole.fallbacks ?? []), ...(own ?? [])])].filter(
      (each) => each !== name,
    );
    return [name, fallbacks.length > 0 ? { ...whole, fallbacks } : entry];
  });
  return { models: Object.fromEntries(given), faults, warnings };
}

const isServed = (name: string, models: Models): boolean =>
  Object.hasOwn(models, name) || bedrockModel(name, undefined) !== undefined;

function read(file: Readonly<Record<string, unknown>>): { sayings: Saying[]; faults: Fault[] } {
  const sayings: Saying[] = [];
  const faults: Fault[] = [];
  for (const list of LISTS)
    for (const section of SECTIONS) {
      const value = (file[section] as Record<string, unknown> | null | undefined)?.[list];
      if (value == null) continue;
      const path = [section, list];
      const { data, error } = (list === "default_fallbacks" ? FOR_ALL : BY_NAME).safeParse(value);
      if (error) faults.push(...toFaults(error, path));
      for (const each of data ?? [])
        for (const [of, names] of Object.entries(each)) sayings.push({ of, names, path });
    }
  return { sayings, faults };
}
