type Body = Record<string, unknown>;

const post = (path: string, body: Body, init: RequestInit): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(init.headers as Record<string, string> | undefined) },
    body: JSON.stringify(body),
    ...(init.signal ? { signal: init.signal } : {}),
  });

/** A chat completions request with what is not said filled in. */
export const chatRequest = (body: Body, init: RequestInit = {}): Request =>
  post("/chat/completions", { messages: [{ role: "user", content: "Hello" }], ...body }, init);

/** The same for the older text completions. */
export const completionRequest = (body: Body, init: RequestInit = {}): Request =>
  post("/completions", { prompt: "Hello", ...body }, init);

/** The same for Anthropic's Messages. */
export const messageRequest = (body: Body, init: RequestInit = {}): Request =>
  post("/messages", { max_tokens: 1000, messages: [{ role: "user", content: "Hello" }], ...body }, init);

/** The same for the Responses API; it asks nothing by itself. */
export const responseRequest = (body: Body, init: RequestInit = {}): Request =>
  post("/responses", body, init);
