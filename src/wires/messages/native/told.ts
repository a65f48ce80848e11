import type { CallContext } from "../../../context.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { createMessageEar } from "../../../record/hear-message.ts";
import { brokenOff } from "../../native/broken-off.ts";
import { leave, OVER } from "../../native/leave.ts";
import { failureEvent } from "../failure.ts";
import { editMessage } from "./message.ts";

/** The name of an event, which stands first in it; nothing before it is a model's word. */
const NAMED = /^\{"type":"(\w{1,64})"/;

/** What is read of it; all else is a piece of the answer, and goes on as it stands. */
const READ: ReadonlySet<string> = new Set(["message_start", "message_delta", "message_stop", "error"]);

/** Claude's own events as SSE text, what arrived together in one piece. */
export async function* told(
  arrivals: AsyncIterator<string[], unknown, undefined>,
  model: string,
  context: CallContext,
): AsyncGenerator<string, void, undefined> {
  const { record } = context;
  const ear = createMessageEar(record);
  let over = false;
  let frames = "";

  const tell = (text: string): void => {
    const type = NAMED.exec(text)?.[1] ?? typeOf(text);
    if (over || type === undefined) return;
    const isPiece = !READ.has(type);
    const event = isPiece && !record.captured ? undefined : parsed(text);
    if (event) ear.event(event);
    if (isPiece && type !== "ping") record.firstTokenAt ??= performance.now();
    over = type === "message_stop";
    // A line of its own would end what it is a part of.
    const data =
      isPiece && !/[\r\n]/.test(text) ? text : JSON.stringify(edited(event ?? parsed(text), model));
    frames += `event: ${type}\ndata: ${data}\n\n`;
  };

  try {
    for (let done = false; !over && !done;) {
      const arrival = (await arrivals.next()) as IteratorResult<string[], undefined>;
      done = arrival.done === true;
      frames = "";
      for (const text of arrival.value ?? []) tell(text);
      if (frames !== "") yield frames;
      frames = "";
      if (done && !over) throw brokenOff(model);
    }
  } catch (thrown) {
    const cause = thrown instanceof SyntaxError ? brokenOff(model, thrown) : thrown;
    yield frames + failureEvent(cause, context);
  } finally {
    ear.end();
    // Before anything is waited for: clients leave after the last word, and have had the whole answer.
    context.release();
    await leave(arrivals, over);
    context.abort(OVER);
  }
}

/** Under our name for the model; AWS's own measurements are not Anthropic's. */
function edited(event: JsonObject, model: string): JsonObject {
  const { message, "amazon-bedrock-invocationMetrics": _, ...rest } = event;
  return isObject(message) ? { ...rest, message: editMessage(message, model) } : rest;
}

const typeOf = (text: string): string | undefined => {
  const type = parsed(text)["type"];
  return typeof type === "string" && /^\w{1,64}$/.test(type) ? type : undefined;
};

/** @throws SyntaxError for what is no JSON. */
function parsed(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : {};
}
