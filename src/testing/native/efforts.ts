import { rowFor } from "../rules/families.ts";

interface Efforts {
  models: RegExp;
  levels: readonly string[];
  /** What the model does when it is not told; undefined where it then does not reason. */
  usual?: string;
}

const UP_TO_HIGH = ["low", "medium", "high"];

/** The values of `reasoning_effort` by base id; OpenAI's `minimal` is in none. */
const EFFORTS: readonly Efforts[] = [
  { models: /^openai\.gpt-oss/, levels: UP_TO_HIGH, usual: "medium" },
  {
    models: /^openai\.gpt-/,
    levels: ["none", ...UP_TO_HIGH, "xhigh", "max"],
    usual: "medium",
  },
  { models: /^xai\.grok-4\.3/, levels: ["none", ...UP_TO_HIGH], usual: "low" },
  { models: /^xai\.grok/, levels: [...UP_TO_HIGH, "xhigh"], usual: "low" },
  { models: /^google\.gemma-4/, levels: ["none", ...UP_TO_HIGH] },
  { models: /./, levels: ["none", ...UP_TO_HIGH, "xhigh", "max"] },
];

/** How hard a model thinks when it is asked this way; undefined where it does not think at all. */
export function effortOf(baseId: string, asked: unknown): string | undefined {
  const effort = typeof asked === "string" ? asked : rowFor(EFFORTS, baseId)?.usual;
  return effort === "none" ? undefined : effort;
}

/** What is wrong with an effort. */
export function effortProblem(baseId: string, asked: unknown): string | undefined {
  const levels = rowFor(EFFORTS, baseId)?.levels ?? [];
  if (asked === undefined || levels.includes(String(asked))) return undefined;
  const listed = levels.map((level) => `'${level}'`).join(", ");
  return `Invalid value: '${String(asked)}'. Supported values are: ${listed}.`;
}

/** Gemma 4 makes one call in a turn, whatever it is asked. */
export function oneCallATurn(baseId: string): { parallel_tool_calls?: false } {
  return baseId.startsWith("google.gemma-4") ? { parallel_tool_calls: false } : {};
}
