/** An event of a stream whose events have names: OpenAI's Responses API, Anthropic's messages. */
export interface TypedEvent {
  type: string;
  [member: string]: unknown;
}

/** The events of such a stream; refuses anything a strict client would refuse. */
export const typedEventsOf = (text: string): TypedEvent[] =>
  text.split("\n\n").flatMap((frame, index, frames) => {
    if (frame === "" || frame.startsWith(":")) return [];
    if (index === frames.length - 1) throw new Error(`a frame without its end: ${frame}`);
    const [, name, data] = /^event: ([^\n]+)\ndata: ([^\n]+)$/.exec(frame) ?? [];
    if (data === undefined) throw new Error(`not one event with one data line: ${frame}`);
    const event = JSON.parse(data) as TypedEvent;
    if (event.type !== name) throw new Error(`an event '${name}' says that it is '${event.type}'`);
    return [event];
  });
