import { HEADERS, keepPlain, type PlainHeaders, TAKE } from "./plain-bodies.ts";

type MakeResponse = (text: string, init: Init) => Response;

/** Names of headers in lower case. */
type Init = Pick<ResponseInit, "status" | "statusText"> & { headers: Readonly<Record<string, string>> };

/** A response without what its body says of itself. */
type Head = Omit<
  Response,
  "body" | "bodyUsed" | "text" | "json" | "arrayBuffer" | "bytes" | "blob" | "formData" | "clone"
>;

/** Bun, Deno and Workers read what is inside a response, not its members. Node 20 does not say that it is Node. */
const isNode = (globalThis.navigator?.userAgent ?? "Node.js/20").startsWith("Node.js/");

/**
 * A response whose text is at hand. Node makes a stream of any text at once and reads that back piece by piece, which costs as much
 * as a small answer does in all; here only who wants a stream has one made.
 */
export const textResponse: MakeResponse = (text, init) =>
  (make ??= isNode && isNodesOwn(Response) ? lazily() : plainly)(text, init);

/** Node loads its `Response` when that is first named. */
let make: MakeResponse | undefined;

const plainly: MakeResponse = (text, init) => new Response(text, init);

/** Servers put classes above it in its place, which send what they were made of: no body, where that is made later. */
const isNodesOwn = ({ prototype }: typeof Response): boolean =>
  Object.getPrototypeOf(prototype) === Object.prototype && Object.hasOwn(prototype, "body");

function lazily(): MakeResponse {
  const { prototype: own } = Response;

  class TextResponse extends (Response as new (body: null, init: ResponseInit) => Head) implements Response {
    readonly #text: string;
    #isTaken = false;
    #plain: Map<string, string> | undefined;
    /** Node's own, for whatever is more than its text. */
    #whole: Response | undefined;

    constructor(text: string, { headers, ...status }: Init) {
      super(null, status);
      this.#text = text;
      this.#plain = new Map(Object.entries(headers));
    }

    get [HEADERS](): PlainHeaders | undefined {
      return this.#plain;
    }

    override get headers(): Headers {
      const headers = Reflect.get(own, "headers", this) as Headers;
      for (const [name, value] of this.#plain ?? []) headers.set(name, value);
      this.#plain = undefined;
      return headers;
    }

    [TAKE](): string | undefined {
      if (this.#isTaken || this.#whole) return undefined;
      this.#isTaken = true;
      return this.#text;
    }

    #own(): Response {
      if (this.#whole) return this.#whole;
      this.#whole = new Response(this.#text, this);
      keepPlain(this.#whole.body!, this.#text);
      if (this.#isTaken) void this.#whole.text();
      return this.#whole;
    }

    get body(): Response["body"] {
      return this.#own().body;
    }

    get bodyUsed(): boolean {
      return this.#whole?.bodyUsed ?? this.#isTaken;
    }

    async text(): Promise<string> {
      return this[TAKE]() ?? this.#own().text();
    }

    async json(): Promise<unknown> {
      return JSON.parse(await this.text());
    }

    arrayBuffer(): Promise<ArrayBuffer> {
      return this.#own().arrayBuffer();
    }

    async bytes(): Promise<Uint8Array<ArrayBuffer>> {
      return new Uint8Array(await this.arrayBuffer());
    }

    blob(): Promise<Blob> {
      return this.#own().blob();
    }

    formData(): Promise<FormData> {
      return this.#own().formData();
    }

    /** With the headers of now. */
    clone(): Response {
      return new Response(this.#own().clone().body, this);
    }
  }
  passForResponse(TextResponse.prototype);
  return (text, init) => new TextResponse(text, init);
}

/** To those who make another one of its kind, ask for the name of that, or copy what they find in it. */
function passForResponse(prototype: object): void {
  for (const name of Object.keys(Response.prototype))
    if (Object.hasOwn(prototype, name)) Object.defineProperty(prototype, name, { enumerable: true });
  Object.defineProperty(prototype, "constructor", { value: Response });
}
