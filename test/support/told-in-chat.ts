import type { Asked, Talk, Text, Turn } from "./any-talk.ts";

/** A conversation as a chat request tells it. */
export function inChat({ turns, tools, choice, schema, shared, ...rest }: Talk): object {
  return {
    ...shared,
    messages: turns.flatMap(messagesOf),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, schema: parameters }) => ({
        type: "function",
        function: { name, description, parameters },
      })),
    }),
    ...(choice && {
      tool_choice: typeof choice === "string" ? choice : { type: "function", function: choice },
    }),
    ...(rest.oneCall !== undefined && { parallel_tool_calls: !rest.oneCall }),
    ...(rest.maxTokens !== undefined && { max_completion_tokens: rest.maxTokens }),
    ...(rest.temperature !== undefined && { temperature: rest.temperature }),
    ...(rest.effort && { reasoning_effort: rest.effort }),
    ...(rest.metadata && { metadata: rest.metadata }),
    ...(schema && {
      response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
    }),
  };
}

function messagesOf(turn: Turn): object[] {
  if ("instructs" in turn) return [{ role: "developer", content: turn.instructs.map(part) }];
  if ("asks" in turn) return [{ role: "user", content: turn.asks.map(part) }];
  const { thinks, says, calls } = turn;
  return [
    {
      role: "assistant",
      content: says.map(part),
      ...(thinks && {
        thinking_blocks: [{ type: "thinking", thinking: thinks.text, signature: thinks.signature }],
      }),
      ...(calls.length > 0 && {
        tool_calls: calls.map(({ id, name, input }) => ({
          id,
          type: "function",
          function: { name, arguments: JSON.stringify(input) },
        })),
      }),
    },
    ...calls.map(({ id, returns }) => ({
      role: "tool",
      tool_call_id: id,
      content: typeof returns === "string" ? returns : returns.map(part),
    })),
  ];
}

function part(asked: Asked): object {
  if ("png" in asked) return { type: "image_url", image_url: { url: `data:image/png;base64,${asked.png}` } };
  if ("pdf" in asked) {
    const file_data = `data:application/pdf;base64,${asked.pdf}`;
    return { type: "file", file: { filename: `${asked.name}.pdf`, file_data } };
  }
  return textPart(asked);
}

const textPart = ({ text, marked }: Text): object => ({
  type: "text",
  text,
  ...(marked && { prompt_cache_breakpoint: { mode: "explicit" } }),
});
