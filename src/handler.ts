import { toAdjustmentsHeader } from "./adjustments.ts";
import { createGate } from "./authorize.ts";
import { type CallContext, createContext } from "./context.ts";
import { type BedrockOpenAIError, toBedrockOpenAIError } from "./errors.ts";
import { type BedrockOpenAIHandler, houses, openHouse } from "./house.ts";
import type { BedrockOpenAIOptions } from "./options.ts";
import { report } from "./report.ts";
import { route } from "./routes.ts";

/**
 * Makes the handler that speaks OpenAI to its callers and Bedrock to AWS. Nothing is loaded or connected before the
 * first call. Paths are matched by their end, so it may be mounted anywhere.
 * @throws TypeError for an option that makes no sense.
 */
export function createBedrockOpenAIHandler(options: BedrockOpenAIOptions = {}): BedrockOpenAIHandler {
  const house = openHouse(options);
  const gate = createGate(house.options);
  const handler: BedrockOpenAIHandler = async (request, door) => {
    const started = performance.now();
    const context = createContext(request, house.options, house.services);
    let response: Response;
    try {
      const { endpoint, isOpen } = route(request.method, pathOf(request.url), house.options);
      if (!isOpen) await gate?.(request, door);
      response = await endpoint(context);
    } catch (thrown) {
      const error = toBedrockOpenAIError(thrown);
      report(error, context);
      response = answerTo(error);
    }
    setHeaders(response.headers, context, started);
    // A stream goes on after its headers; everything else is over.
    if (!isStream(response)) context.release();
    return request.method === "HEAD" ? headOf(response) : response;
  };
  houses.set(handler, house);
  return handler;
}

/** An error of the app's own may have a status or headers that no answer can have. */
function answerTo(error: BedrockOpenAIError): Response {
  try {
    return error.toResponse();
  } catch (thrown) {
    return toBedrockOpenAIError(thrown).toResponse();
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

const isStream = (response: Response): boolean =>
  /^(text\/event-stream|application\/vnd\.amazon\.eventstream)/.test(
    response.headers.get("content-type") ?? "",
  );

function setHeaders(headers: Headers, context: CallContext, started: number): void {
  headers.set("x-request-id", context.requestId);
  headers.set("openai-processing-ms", String(Math.round(performance.now() - started)));
  headers.set("openai-version", "2020-10-01");
  for (const [name, value] of Object.entries(context.headers)) headers.set(name, value);
  if (context.adjustments.length > 0)
    headers.set("x-bedrock-adjustments", toAdjustmentsHeader(context.adjustments));
}
