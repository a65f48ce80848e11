import type { BedrockOpenAIHandler, Caller } from "../../../src/index.ts";
import { CLAUDE } from "../../support/bedrock.ts";

export const post = (
  handler: BedrockOpenAIHandler,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> =>
  handler(
    new Request(`http://x${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );

export const chat = (
  handler: BedrockOpenAIHandler,
  body: object = {},
  headers: Record<string, string> = {},
) =>
  post(
    handler,
    "/v1/chat/completions",
    { model: CLAUDE, messages: [{ role: "user", content: "Hi" }], ...body },
    headers,
  );

export const get = (handler: BedrockOpenAIHandler, path: string): Promise<Response> =>
  handler(new Request(`http://x${path}`));

export const errorOf = async (response: Response): Promise<[status: number, code: string | null]> => {
  const { error } = (await response.json()) as { error: { code: string | null } };
  return [response.status, error.code];
};

/** An `authorize` that knows everyone as the same caller. */
export const everyone = (caller: Caller) => (): Caller => caller;
