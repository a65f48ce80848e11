import type { IncomingMessage } from "node:http";

type Asked = Pick<IncomingMessage, "headers" | "rawHeaders">;

/**
 * A request's headers as the app has them by now, as its other handlers see them: what stands before us may have set, changed or taken
 * away any, the caller's identity among them.
 */
export function requestHeaders({ headers, rawHeaders }: Asked): Headers {
  const told = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    // HTTP/2's own are none of the request's.
    if (value === undefined || name.startsWith(":")) continue;
    const values = name === "authorization" ? allOf(value, rawHeaders) : value;
    for (const each of [values].flat()) told.append(name, each);
  }
  return told;
}

/** Of several Node takes the first, which may be another than a server on the way has looked at: they are told together, as no key. */
function allOf(value: string | string[], rawHeaders: Asked["rawHeaders"]): string | string[] {
  const sent = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "authorization",
  );
  return sent[0] === value ? sent : value;
}
