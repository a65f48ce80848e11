import type { ChatTool } from "../../../openai/chat-tools.ts";
import type {
  FlatCustomTool,
  FlatFunctionTool,
  NamespaceTool,
  ResponseTool,
} from "../../../openai/responses/tools.ts";
import type { OfferedTool, OfferedTools } from "../form.ts";
import { STAND_INS } from "./stand-ins.ts";

/** A tool with its place in the caller's words: `tools[2]`. */
export interface Placed<Tool> {
  tool: Tool;
  at: string;
}

/** What the model is offered, in chat's form, and under which names. */
export interface Toolbox {
  tools: readonly Placed<ChatTool>[];
  offered: OfferedTools;
  /** What the model calls a tool of the caller's, offered or no longer so. */
  nameOf(kind: OfferedTool["kind"], name: string, namespace?: string): string;
}

/** The functions first: their names are the caller's own, and the others' make way. */
export function createToolbox(placed: readonly Placed<ResponseTool>[]): Toolbox {
  const flat = placed.flatMap(opened);
  const taken = new Set(
    flat.flatMap(({ tool, namespace }) => (isNamed(tool) && !namespace ? tool.name : [])),
  );
  const offered = new Map<string, OfferedTool>();
  const names = new Map<string, string>();
  const tools: Placed<ChatTool>[] = [];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  for (const { tool, at, namespace } of flat) {
    const kind = kindOf(tool);
    if (!kind) {
      tools.push({ tool: { type: tool.type }, at });
      continue;
    }
    const name = isNamed(tool) ? tool.name : kind;
    const key = keyOf(kind, name, namespace);
    // What a search found or an item brought may be offered already.
    if (!at.startsWith("tools[") && seen.has(key)) continue;
    seen.add(key);
    const own = isNamed(tool) && !namespace;
    const called = own ? name : unused(defaultName(name, namespace), taken, counts);
    taken.add(called);
    names.set(key, called);
    if (kind !== "function" || namespace)
      offered.set(called, { kind, name, ...(namespace && { namespace }) });
    tools.push({ tool: toChatTool(tool, kind, called), at });
  }
  return {
    tools,
    offered,
    nameOf: (kind, name, namespace) =>
      names.get(keyOf(kind, name, namespace)) ?? defaultName(name, namespace),
  };
}

type Flat = Placed<ResponseTool> & { namespace?: string };

/** The tools of a namespace, one by one. */
const opened = ({ tool, at }: Placed<ResponseTool>): Flat[] =>
  isNamespace(tool)
    ? tool.tools.map((each, index) => ({ tool: each, at: `${at}.tools[${index}]`, namespace: tool.name }))
    : [{ tool, at }];

const isNamespace = (tool: ResponseTool): tool is NamespaceTool => tool.type === "namespace";

type NamedTool = FlatFunctionTool | FlatCustomTool;

const isNamed = (tool: ResponseTool): tool is NamedTool => tool.type === "function" || tool.type === "custom";

/** Undefined for what OpenAI runs itself. */
function kindOf(tool: ResponseTool): OfferedTool["kind"] | undefined {
  if (isNamed(tool)) return tool.type;
  return Object.hasOwn(STAND_INS, tool.type) && !isElsewhere(tool)
    ? (tool.type as OfferedTool["kind"])
    : undefined;
}

/** In a container of OpenAI's. */
function isElsewhere(tool: ResponseTool): boolean {
  const { environment } = tool as { environment?: { type?: unknown } | null };
  return environment != null && environment.type !== "local";
}

const keyOf = (kind: OfferedTool["kind"], name: string, namespace = ""): string =>
  JSON.stringify([kind === "custom" ? "function" : kind, namespace, name]);

const defaultName = (name: string, namespace?: string): string =>
  namespace ? `${namespace}__${name}` : name;

/** @param counts How often each name was wanted before. */
function unused(name: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  let count = counts.get(name) ?? 1;
  let found = count === 1 ? name : `${name}_${count}`;
  while (taken.has(found)) {
    count += 1;
    found = `${name}_${count}`;
  }
  counts.set(name, count);
  return found;
}

function toChatTool(tool: ResponseTool, kind: OfferedTool["kind"], name: string): ChatTool {
  if (!isNamed(tool)) return { type: "function", function: { name, ...STAND_INS[kind] } };
  if (tool.type === "custom") return { type: "custom", custom: customSpec(tool, name) };
  const { description, parameters, strict, cache_control } = tool;
  return {
    type: "function",
    function: { name, description, parameters, strict },
    ...(cache_control && { cache_control }),
  };
}

function customSpec({ description, format }: FlatCustomTool, name: string): object {
  const { type, syntax, definition } = format ?? {};
  return {
    name,
    description,
    ...(type === "grammar" && definition != null && { format: { type, grammar: { syntax, definition } } }),
  };
}
