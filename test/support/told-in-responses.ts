import type { Asked, Call, Talk, Text, Thought, Turn } from "./any-talk.ts";

/**
 * A conversation as a request for a response tells it.
 * @param sealed What the caller carries of a thought.
 */
export function inResponses(
  { turns, tools, choice, schema, shared, ...rest }: Talk,
  sealed: (thought: Thought) => string,
): object {
  return {
    ...shared,
    store: false,
    input: turns.flatMap((turn) => itemsOf(turn, sealed)),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, schema: parameters }) => ({
        type: "function",
        name,
        description,
        parameters,
      })),
    }),
    ...(choice && { tool_choice: typeof choice === "string" ? choice : { type: "function", ...choice } }),
    ...(rest.oneCall !== undefined && { parallel_tool_calls: !rest.oneCall }),
    ...(rest.maxTokens !== undefined && { max_output_tokens: rest.maxTokens }),
    ...(rest.temperature !== undefined && { temperature: rest.temperature }),
    ...(rest.effort && { reasoning: { effort: rest.effort } }),
    ...(rest.metadata && { metadata: rest.metadata }),
    ...(schema && { text: { format: { type: "json_schema", name: "answer", schema } } }),
  };
}

function itemsOf(turn: Turn, sealed: (thought: Thought) => string): object[] {
  if ("instructs" in turn) return [{ role: "developer", content: turn.instructs.map(part) }];
  if ("asks" in turn) return [{ type: "message", role: "user", content: turn.asks.map(part) }];
  const { thinks, says, calls } = turn;
  return [
    ...(thinks ? [{ type: "reasoning", id: "rs_1", summary: [], encrypted_content: sealed(thinks) }] : []),
    ...(says.length > 0 ? [spoken(says)] : []),
    ...calls.map(({ id, name, input }) => ({
      type: "function_call",
      id: `fc_${id}`,
      call_id: id,
      name,
      arguments: JSON.stringify(input),
      status: "completed",
    })),
    ...calls.map(returned),
  ];
}

const spoken = (says: readonly Text[]): object => ({
  type: "message",
  id: "msg_1",
  role: "assistant",
  status: "completed",
  content: says.map(({ text }) => ({ type: "output_text", text, annotations: [], logprobs: [] })),
});

const returned = ({ id, returns }: Call): object => ({
  type: "function_call_output",
  call_id: id,
  output: typeof returns === "string" ? returns : returns.map(part),
});

function part(asked: Asked): object {
  if ("png" in asked) return { type: "input_image", image_url: `data:image/png;base64,${asked.png}` };
  if ("pdf" in asked) {
    const file_data = `data:application/pdf;base64,${asked.pdf}`;
    return { type: "input_file", filename: `${asked.name}.pdf`, file_data };
  }
  const { text, marked } = asked;
  return { type: "input_text", text, ...(marked && { prompt_cache_breakpoint: { mode: "explicit" } }) };
}
