import { toAdjustmentsHeader } from "./adjustments.ts";
import { type Awaitable, isPending } from "./awaitable.ts";
import { checkEntries } from "./bedrock/models/check-entries.ts";
import { type CallContext, createContext, type Services } from "./context.ts";
import { type BedrockOpenAIError, toBedrockOpenAIError } from "./errors.ts";
import { refuseUnknownExplain } from "./explain-header.ts";
import type { Caller } from "./gate/caller.ts";
import { refuseOversize } from "./gate/bounds.ts";
import { createCors } from "./gate/cors.ts";
import { createGate } from "./gate/gate.ts";
import { createLimits } from "./gate/limits.ts";
import { createRoom } from "./gate/room.ts";
import type { BedrockOpenAIHandler } from "./house.ts";
import { headersOf, type PlainHeaders } from "./http/plain-bodies.ts";
import type { ResolvedOptions } from "./options.ts";
import { report } from "./report.ts";
import { route, wordsWithoutWay } from "./routes.ts";

/** What a handler does with a call, of options that were checked. The first call loads it with all that stands behind it. */
export function createHall(options: ResolvedOptions, services: Services): BedrockOpenAIHandler {
  const gate = createGate(options, (target) => checkEntries({ "target of a caller": target }));
  const cors = createCors(options.cors);
  const enter = createRoom(options.maxConcurrency);
  const hold = createLimits();
  const answer = async (context: CallContext, door: unknown): Promise<Response> => {
    try {
      return await admitted(context, door);
    } catch (thrown) {
      if (context.record.route === undefined) setWords(context);
      return refused(thrown, context);
    }
  };
  const admitted = (context: CallContext, door: unknown): Awaitable<Response> => {
    const { request, record } = context;
    record.method = request.method;
    refuseOversize(request);
    const { path, endpoint, isOpen, words } = route(request.method, pathOf(request.url), options);
    record.route = path;
    if (words) context.words = words;
    if (isOpen) return endpoint(context);
    const known = (caller: Caller): Awaitable<Response> => {
      context.caller = caller;
      if (context.explain) refuseUnknownExplain(request);
      // Strangers take up no room, and who finds none has not called.
      enter(context);
      hold(context);
      return endpoint(context);
    };
    const caller = gate(request, door);
    return isPending(caller) ? caller.then(known) : known(caller);
  };
  return async (request, door) => {
    const preflight = cors?.preflight(request);
    if (preflight) return preflight;
    const context = createContext(request, options, services, request.signal);
    try {
      const response = await context.observe.around(context, () => answer(context, door));
      setHeaders(headersOf(response), context);
      cors?.tell(request, response.headers);
      context.record.status = response.status;
      context.letGo();
      if (!goesOn(response, context)) context.release();
      return request.method === "HEAD" ? headOf(response) : response;
    } catch (thrown) {
      context.release();
      throw thrown;
    }
  };
}

/** Of what was refused before its route was known. */
function setWords(context: CallContext): void {
  const { request, options } = context;
  context.words = wordsWithoutWay(request, pathOf(request.url), options) ?? context.words;
}

function refused(thrown: unknown, context: CallContext): Response {
  const error = toBedrockOpenAIError(thrown);
  context.record.error = error;
  report(error, context);
  return answerTo(error, context);
}

/** An error of the app's own may have a status or headers that no answer can have. */
function answerTo(error: BedrockOpenAIError, { words, requestId }: CallContext): Response {
  try {
    return words(error, requestId);
  } catch (thrown) {
    return words(toBedrockOpenAIError(thrown), requestId);
  }
}

/** Without `new URL`: the path is all that is read of it. */
const pathOf = (url: string): string =>
  url.replace(/^[a-z][a-z+.-]*:\/\/[^/?#]*/i, "").split(/[?#]/, 1)[0] || "/";

/** Servers leave the body of an answer to HEAD out by themselves; a caller in this process has no server. */
function headOf({ body, status, statusText, headers }: Response): Response {
  void body?.cancel();
  return new Response(null, { status, statusText, headers });
}

/** A stream goes on after its headers, and what AWS answers in its own words; both say themselves when they are over. */
const goesOn = (response: Response, { record, goesOn }: CallContext): boolean =>
  goesOn ||
  record.operation === "pass_through" ||
  headersOf(response).get("content-type")?.startsWith("text/event-stream") === true;

function setHeaders(headers: PlainHeaders, context: CallContext): void {
  headers.set("x-request-id", context.requestId);
  headers.set("openai-processing-ms", String(Math.round(performance.now() - context.record.started)));
  headers.set("openai-version", "2020-10-01");
  for (const [name, value] of Object.entries(context.headers)) headers.set(name, value);
  if (context.adjustments.length > 0)
    headers.set("x-bedrock-adjustments", toAdjustmentsHeader(context.adjustments));
}
