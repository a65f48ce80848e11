/** A URL of a proxy; undefined for what can be none. Without a scheme it speaks HTTP, whatever is asked through it. */
export function parseProxy(text: string): URL | undefined {
  const url = text.includes("://") ? text : `http://${text}`;
  const proxy = URL.canParse(url) ? new URL(url) : undefined;
  return proxy && /^https?:$/.test(proxy.protocol) && proxy.hostname !== "" ? proxy : undefined;
}
