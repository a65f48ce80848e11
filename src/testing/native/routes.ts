import { signedService } from "../auth/sigv4.ts";
import type { Answer, Call, Caller, Route } from "../call.ts";
import { isObject } from "../rules/request.ts";
import { chatCompletions } from "./chat.ts";
import { ANTHROPIC, OPENAI_CHAT, OPENAI_RESPONSES, refusedIn } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";
import { countTokens } from "./count-tokens.ts";
import { getModel, listModels } from "./mantle-models.ts";
import { messages } from "./messages.ts";
import { onlyOnMantle } from "./resolve.ts";
import type { Place } from "./resolve.ts";
import { responses } from "./responses.ts";

type Serve = (place: Place, call: Call) => Answer;

/** The paths of the two native hosts. Where they share one, mantle's stands first and takes what is its own. */
export const NATIVE_ROUTES: readonly Route[] = [
  mantle("MantleChatCompletions", "/v1/chat/completions", OPENAI_CHAT, chatCompletions, {
    host: "mantle",
    api: "chat",
    base: "/v1",
  }),
  sharedByMantle("MantleChatCompletions", "/openai/v1/chat/completions", OPENAI_CHAT, chatCompletions, {
    host: "mantle",
    api: "chat",
    base: "/openai/v1",
  }),
  mantle("MantleResponses", "/v1/responses", OPENAI_RESPONSES, responses, {
    host: "mantle",
    api: "responses",
    base: "/v1",
  }),
  sharedByMantle("MantleResponses", "/openai/v1/responses", OPENAI_RESPONSES, responses, {
    host: "mantle",
    api: "responses",
    base: "/openai/v1",
  }),
  sharedByMantle("MantleMessages", "/anthropic/v1/messages", ANTHROPIC, messages, {
    host: "mantle",
    api: "messages",
  }),
  mantle("MantleCountTokens", "/anthropic/v1/messages/count_tokens", ANTHROPIC, countTokens, {
    host: "mantle",
    api: "messages",
  }),
  listing("MantleListModels", /^\/v1\/models\/?$/, listModels),
  listing("MantleGetModel", /^\/v1\/models\/([^/]+)$/, getModel),
  runtime("RuntimeChatCompletions", "/openai/v1/chat/completions", OPENAI_CHAT, chatCompletions, {
    host: "runtime",
    api: "chat",
  }),
  runtime("RuntimeResponses", "/openai/v1/responses", OPENAI_RESPONSES, responses, {
    host: "runtime",
    api: "responses",
  }),
  runtime("RuntimeMessages", "/anthropic/v1/messages", ANTHROPIC, messages, {
    host: "runtime",
    api: "messages",
  }),
];

function runtime(operation: string, path: string, dialect: Dialect, serve: Serve, place: Place): Route {
  return {
    operation,
    method: "POST",
    path: new RegExp(`^${path}$`),
    nativeBody: true,
    refuse: refusedIn(dialect),
    apiKeyHeader: place.api === "messages",
    serve: (call) => serve(place, call),
  };
}

function mantle(operation: string, path: string, dialect: Dialect, serve: Serve, place: Place): Route {
  return { ...runtime(operation, path, dialect, serve, place), service: "bedrock-mantle" };
}

/** A signature says whose request it is; an API key does not, and then it is the model's id that decides. */
function sharedByMantle(...route: Parameters<typeof mantle>): Route {
  const [, , , , place] = route;
  return {
    ...mantle(...route),
    takes: ({ headers, body }: Caller) => {
      const service = signedService(headers["authorization"] ?? "");
      if (service !== undefined) return service === "bedrock-mantle";
      return isObject(body) && onlyOnMantle(String(body["model"]), place);
    },
  };
}

function listing(operation: string, path: RegExp, serve: (call: Call) => Answer): Route {
  return {
    operation,
    method: "GET",
    path,
    service: "bedrock-mantle",
    refuse: refusedIn(OPENAI_CHAT),
    serve,
  };
}
