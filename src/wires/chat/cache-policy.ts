import type { CachePoint, Conversation, Message } from "../../conversation/types.ts";
import type { ChatRequest } from "../../openai/chat-request.ts";
import { cachePoint } from "./cache-marks.ts";

/** What is cached without being marked: by the operator's policy, or by a wish of the request as a whole. */
interface Policy {
  tools?: boolean;
  system?: boolean;
  /** Messages after which a point is set, counted in the conversation. */
  messages: ReadonlySet<number>;
  ttl?: CachePoint["ttl"];
}

/**
 * Cache points that no part of the request asks for: OpenAI's implicit mode, a top-level `cache_control`, the access
 * gateway's `prompt_caching`, LiteLLM's `cache_control_injection_points`, or the operator's `promptCache: 'auto'`.
 */
export function applyCachePolicy(
  conversation: Conversation,
  request: ChatRequest,
  operator: "auto" | "explicit",
): Conversation {
  const policy = policyOf(conversation, request, operator);
  if (!policy) return conversation;
  const point = (): { cachePoint: CachePoint } => ({ cachePoint: cachePoint(policy.ttl) });
  const { toolConfig, system, messages } = conversation;
  return {
    ...conversation,
    ...(toolConfig && {
      toolConfig: { ...toolConfig, tools: [...toolConfig.tools, ...(policy.tools ? [point()] : [])] },
    }),
    ...(system && { system: [...system, ...(policy.system ? [point()] : [])] }),
    messages: messages.map(({ role, content }, index) => ({
      role,
      content: policy.messages.has(index) ? [...content, point()] : content,
    })),
  };
}

function policyOf(
  { messages }: Conversation,
  request: ChatRequest,
  operator: "auto" | "explicit",
): Policy | undefined {
  const { prompt_caching: gateway, cache_control_injection_points: points } = request;
  const ttl = request.cache_control?.ttl === "1h" || wantsLong(request) ? "1h" : undefined;
  const last = new Set([messages.findLastIndex(({ role }) => role === "user")]);
  if (points?.length) return injected(points, messages);
  if (gateway)
    return {
      system: gateway.system === true,
      messages: gateway.messages ? last : new Set(),
      ...(ttl && { ttl }),
    };
  const mode = request.prompt_cache_options?.mode ?? (operator === "auto" ? "implicit" : "explicit");
  if (mode === "explicit" && !request.cache_control) return undefined;
  return { tools: true, system: true, messages: last, ...(ttl && { ttl }) };
}

/** OpenAI's longer lifetimes: one hour is AWS's longest. */
const wantsLong = (request: ChatRequest): boolean =>
  request.prompt_cache_retention === "24h" || request.prompt_cache_options?.ttl === "30m";

type Points = NonNullable<ChatRequest["cache_control_injection_points"]>;

function injected(points: Points, messages: readonly Message[]): Policy {
  const wanted = (role: string): Points =>
    points.filter((point) => point.location === "message" && point.role === role);
  const byIndex = points.flatMap(({ location, index }) =>
    location === "message" && index != null ? [index < 0 ? messages.length + index : index] : [],
  );
  const byRole = messages.flatMap(({ role }, index) =>
    wanted(role).some((point) => point.index == null) ? [index] : [],
  );
  return {
    tools: points.some(({ location }) => location === "tool_config"),
    system: wanted("system").length > 0,
    messages: new Set([...byIndex, ...byRole]),
  };
}
