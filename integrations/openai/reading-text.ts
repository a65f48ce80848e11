import type { APIPromise, OpenAI } from "openai";
import { takeFlow } from "../../src/http/plain-bodies.ts";
import { type Decode, items } from "./items.ts";

export type ClientClass = typeof OpenAI;

/** What of a stream the client's types keep to themselves. */
interface ClientStream {
  iterator: () => AsyncIterable<unknown>;
  controller: AbortController;
  constructor: {
    fromSSEResponse(response: Response, controller: AbortController, client?: OpenAI): AsyncIterable<unknown>;
  };
}

const known = new WeakMap<ClientClass, ClientClass>();

/**
 * A client's class whose streams are read from the text that they are in this process, which takes half as much as to make bytes
 * of it, and of the bytes events again. Where a version of the client, or whoever stands around the handler, has it
 * otherwise than it is known here, streams are read as they come.
 */
export function readingText(OpenAI: ClientClass): ClientClass {
  const ready = known.get(OpenAI) ?? named(OpenAI.name, create(OpenAI));
  known.set(OpenAI, ready);
  return ready;
}

const create = (OpenAI: ClientClass): ClientClass =>
  class extends OpenAI {
    override request<Answer>(...asked: Parameters<OpenAI["request"]>): APIPromise<Answer> {
      const promise = super.request<Answer>(...asked);
      if (typeof promise._thenUnwrap !== "function") return promise;
      return promise._thenUnwrap((answer, { options, response }) => {
        if (isOrdinary(options) && isStream(answer)) readText(answer, response, this);
        return answer;
      });
    }
  };

function named(name: string, OpenAI: ClientClass): ClientClass {
  return Object.defineProperty(OpenAI, "name", { value: name });
}

/** By these the client's betas ask for forms of their own. */
const FORMS = ["__streamClass", "__synthesizeEventData", "__streamMode"];

const isOrdinary = (options: object): boolean => {
  const said = options as Record<string, unknown>;
  return said["stream"] === true && FORMS.every((name) => said[name] === undefined);
};

const isStream = (answer: unknown): answer is ClientStream =>
  typeof (answer as Partial<ClientStream> | null)?.iterator === "function" &&
  typeof (answer as ClientStream).constructor.fromSSEResponse === "function";

function readText(stream: ClientStream, response: Response, client: OpenAI): void {
  const { iterator: theirs, controller, constructor: Stream } = stream;
  const decode: Decode = (events) =>
    Stream.fromSSEResponse(new Response(events, { headers: response.headers }), controller, client);
  let isRead = false;
  stream.iterator = async function* read(this: unknown) {
    if (isRead) yield* refused(Stream);
    const taken = takeFlow(response);
    isRead = taken !== undefined;
    yield* taken ? items(taken, controller, decode) : theirs.call(this);
  };
}

/** As the client refuses to read a stream twice. */
async function* refused(Stream: ClientStream["constructor"]): AsyncGenerator<unknown, void, undefined> {
  const over = Stream.fromSSEResponse(new Response(""), new AbortController());
  for await (const _ of over);
  yield* over;
}
