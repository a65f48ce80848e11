/** A chat completions request with what is not said filled in. */
export function chatRequest(body: Record<string, unknown>, init: RequestInit = {}): Request {
  return new Request("http://localhost/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json", ...(init.headers as Record<string, string> | undefined) },
    body: JSON.stringify({ messages: [{ role: "user", content: "Hello" }], ...body }),
    ...(init.signal ? { signal: init.signal } : {}),
  });
}
