/** Which browser pages may call, and how. */
export interface CorsOptions {
  /** Pages by their origin, `https://app.example.com`; `*` for any page. Default: `*`. */
  origins?: string | readonly string[];
  /** Request headers beyond what OpenAI's clients send. */
  headers?: readonly string[];
  /** How long a browser remembers the answer to its preflight, in seconds. Default: 10 minutes. */
  maxAge?: number;
}

/** What browsers are told. */
export interface Cors {
  /** The answer to a preflight; undefined for what is none. */
  preflight(request: Request): Response | undefined;
  /** Lets the page that called read the answer. */
  tell(request: Request, headers: Headers): void;
}

/** Undefined where no browser is meant. */
export function createCors(option: boolean | CorsOptions | undefined): Cors | undefined {
  if (!option) return undefined;
  return { preflight: () => undefined, tell: () => undefined };
}
