import type { Asked, Talk, Text, Turn } from "./any-talk.ts";

/** What this wire cannot leave unsaid is said: how much may be written, and a choice where one call is wanted. */
export const sayable = (talk: Talk): Talk => ({
  ...(Object.fromEntries(Object.entries(talk).filter(([name]) => name !== "schema")) as Talk),
  maxTokens: talk.maxTokens ?? 1000,
  ...(talk.oneCall && { choice: talk.choice ?? "auto" }),
});

/** A conversation as a request for a message tells it. */
export function inMessages({ turns, tools, choice, shared, ...rest }: Talk): object {
  return {
    ...shared,
    max_tokens: rest.maxTokens,
    messages: turns.flatMap(messagesOf),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema })),
    }),
    ...(choice && { tool_choice: choiceOf(choice, rest.oneCall) }),
    ...(rest.temperature !== undefined && { temperature: rest.temperature }),
    ...(rest.effort === "none" && { thinking: { type: "disabled" } }),
    ...(rest.effort && rest.effort !== "none" && { output_config: { effort: rest.effort } }),
    ...(rest.metadata && { metadata: rest.metadata }),
  };
}

const CHOICES = { auto: "auto", none: "none", required: "any" } as const;

const choiceOf = (choice: NonNullable<Talk["choice"]>, oneCall = false): object => ({
  ...(typeof choice === "string" ? { type: CHOICES[choice] } : { type: "tool", ...choice }),
  ...(oneCall && choice !== "none" && { disable_parallel_tool_use: true }),
});

function messagesOf(turn: Turn): object[] {
  if ("instructs" in turn) return [{ role: "system", content: turn.instructs.map(block) }];
  if ("asks" in turn) return [{ role: "user", content: turn.asks.map(block) }];
  const { thinks, says, calls } = turn;
  const results = calls.map(({ id, returns }) => ({
    type: "tool_result",
    tool_use_id: id,
    content: typeof returns === "string" ? returns : returns.map(block),
  }));
  return [
    {
      role: "assistant",
      content: [
        ...(thinks ? [{ type: "thinking", thinking: thinks.text, signature: thinks.signature }] : []),
        ...says.map(block),
        ...calls.map(({ id, name, input }) => ({ type: "tool_use", id, name, input })),
      ],
    },
    ...(results.length > 0 ? [{ role: "user", content: results }] : []),
  ];
}

function block(asked: Asked): object {
  if ("png" in asked)
    return { type: "image", source: { type: "base64", media_type: "image/png", data: asked.png } };
  if ("pdf" in asked)
    return {
      type: "document",
      title: asked.name,
      source: { type: "base64", media_type: "application/pdf", data: asked.pdf },
    };
  const { text, marked }: Text = asked;
  return { type: "text", text, ...(marked && { cache_control: { type: "ephemeral" } }) };
}
