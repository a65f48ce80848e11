import type { Adjustment } from "../../../adjustments.ts";
import type { Target } from "../../../bedrock/models/target.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { withWholeSchema } from "../../native/plain-tools.ts";
import { fitEffort, fitSampling } from "../../native/thinking.ts";
import { editTier } from "../../native/tier.ts";
import type { AskedResponse } from "../asked.ts";
import { editItems } from "./edit-items.ts";
import { SENT } from "./takes.ts";

export interface Edited {
  body: JsonObject;
  adjustments: readonly Adjustment[];
}

interface Asking extends Pick<AskedResponse, "items"> {
  /** The request, without what is not meant for models. */
  body: JsonObject;
  stream: boolean;
  /** Parameters that the target has refused before. */
  refused: ReadonlySet<string>;
}

/** With what an answer can be continued, whoever kept it. */
const CONTINUED = "reasoning.encrypted_content";

/** The others are of tools that no server runs here. */
const INCLUDED: ReadonlySet<string> = new Set([CONTINUED, "message.output_text.logprobs"]);

/**
 * The caller's request with what the target's endpoint would refuse changed, and nothing else. What it stands on goes with it
 * and nothing stays there: the state is ours.
 */
export function edit({ body, items, stream, refused }: Asking, target: Target): Edited {
  const { input, adjustments } = editItems(items, target.family);
  const [reasoning, effort, thoughts] = editReasoning(body, target);
  const [sampling, dropped] = fitSampling(body, effort, target);
  const [tier, tiers] = editTier(body, target);
  const sent = Object.entries(body).filter(([name, value]) => value != null && SENT.has(name));
  return {
    body: withoutUndefined({
      model: target.modelId,
      ...Object.fromEntries(sent),
      input,
      ...editTools(body),
      ...sampling,
      reasoning,
      service_tier: tier,
      include: refused.has("include") ? undefined : included(body),
      store: false,
      ...(stream && { stream: true }),
    }),
    adjustments: [...adjustments, ...thoughts, ...dropped, ...tiers],
  };
}

function editReasoning(body: JsonObject, target: Target): [JsonObject | undefined, unknown, Adjustment[]] {
  const {
    generate_summary: older,
    summary = older,
    ...asked
  } = isObject(body["reasoning"]) ? withoutUndefined(body["reasoning"]) : ({} as JsonObject);
  const [effort, notes] = fitEffort(asked["effort"], "reasoning.effort", target);
  const reasoning = withoutUndefined({ ...asked, effort, summary: summary === "none" ? undefined : summary });
  return [Object.keys(reasoning).length > 0 ? reasoning : undefined, effort, notes];
}

/** The tools and what goes with them; without a tool OpenAI takes none of it. */
function editTools({ tools, tool_choice: choice, parallel_tool_calls: parallel }: JsonObject): JsonObject {
  if (!Array.isArray(tools) || tools.length === 0)
    return { tools: undefined, tool_choice: undefined, parallel_tool_calls: undefined };
  return {
    tools: (tools as JsonObject[]).map((tool) => withWholeSchema(withoutUndefined(tool))),
    tool_choice: choice,
    parallel_tool_calls: parallel,
  };
}

function included({ include }: JsonObject): string[] {
  const asked = Array.isArray(include) ? (include as string[]) : [];
  return [...new Set([...asked.filter((each) => INCLUDED.has(each)), CONTINUED])];
}

/** To OpenAI null is the same as absent. */
const withoutUndefined = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value != null));
