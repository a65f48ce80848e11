/** Text beyond this is an image, not a key or a token. */
const LARGE = 1024 * 1024;

/** The ways from base64 to bytes, and which of their calls are that. */
const DECODERS: readonly { holder: object; name: string; decodes(args: unknown[]): boolean }[] = [
  { holder: Buffer, name: "from", decodes: ([, encoding]) => /^base64(url)?$/i.test(String(encoding)) },
  { holder: globalThis, name: "atob", decodes: () => true },
  { holder: Uint8Array, name: "fromBase64", decodes: () => true },
];

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Runs a function after every call of a method. */
export function afterEvery(holder: object, name: string, then: (args: unknown[]) => void): void {
  const method: unknown = Reflect.get(holder, name);
  if (typeof method !== "function") return;
  Reflect.set(holder, name, function watched(this: unknown, ...args: unknown[]) {
    const result = (method as Method).apply(this, args);
    then(args);
    return result;
  });
}

/** Counts, from now on, how often this process decodes a large base64 text. */
export function countDecodes(): () => number {
  let count = 0;
  for (const { holder, name, decodes } of DECODERS) {
    afterEvery(holder, name, (args) => {
      const [text] = args;
      if (typeof text === "string" && text.length > LARGE && decodes(args)) count += 1;
    });
  }
  return () => count;
}
