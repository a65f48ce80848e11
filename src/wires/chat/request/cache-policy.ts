import { toCachePoint } from "../../../conversation/cache-point.ts";
import type { Conversation, Message } from "../../../conversation/types.ts";
import type { ChatRequest } from "../../../openai/chat-request.ts";

/** Places that a request names from outside: `cache_control_injection_points` and the gateway's `prompt_caching`. */
interface Named {
  tools?: boolean;
  system?: boolean;
  messages: ReadonlySet<number>;
}

export function withNamedCachePoints(conversation: Conversation, request: ChatRequest): Conversation {
  const places = namedPlaces(conversation, request);
  if (!places) return conversation;
  const { toolConfig, system, messages } = conversation;
  return {
    ...conversation,
    ...(toolConfig && {
      toolConfig: { ...toolConfig, tools: [...toolConfig.tools, ...(places.tools ? [toCachePoint()] : [])] },
    }),
    ...(system && { system: [...system, ...(places.system ? [toCachePoint()] : [])] }),
    messages: messages.map(({ role, content }, index) => ({
      role,
      content: places.messages.has(index) ? [...content, toCachePoint()] : content,
    })),
  };
}

function namedPlaces({ messages }: Conversation, request: ChatRequest): Named | undefined {
  const { prompt_caching: gateway, cache_control_injection_points: points } = request;
  if (points?.length) return injected(points, messages, request.messages);
  if (!gateway) return undefined;
  const last = messages.findLastIndex(({ role }) => role === "user");
  return { system: gateway.system === true, messages: new Set(gateway.messages ? [last] : []) };
}

type Points = NonNullable<ChatRequest["cache_control_injection_points"]>;

/** Indexes count the caller's messages, of which the first instructions are the system prompt. */
function injected(points: Points, messages: readonly Message[], asked: ChatRequest["messages"]): Named {
  const first = asked.findIndex(({ role }) => role !== "system" && role !== "developer");
  const leading = first < 0 ? asked.length : first;
  const wanted = (role: string): Points =>
    points.filter((point) => point.location === "message" && point.role === role);
  const byIndex = points.flatMap(({ location, index }) =>
    location === "message" && index != null ? [(index < 0 ? asked.length + index : index) - leading] : [],
  );
  const byRole = messages.flatMap(({ role }, index) =>
    wanted(role).some((point) => point.index == null) ? [index] : [],
  );
  return {
    tools: points.some(({ location }) => location === "tool_config"),
    system: wanted("system").length > 0 || byIndex.some((index) => index < 0),
    messages: new Set([...byIndex, ...byRole]),
  };
}
