import { statusText } from "../status-text.ts";
import { EXPOSED, METHODS, takenOf } from "./cors-headers.ts";

/** Which browser pages may call, and how. Cookies are never asked for: who calls is said by a key. */
export interface CorsOptions {
  /** Pages by their origin, `https://app.example.com`; `*` for any page. Default: `*`. */
  origins?: string | readonly string[];
  /** Request headers beyond what OpenAI's clients and AWS's SDKs send. */
  headers?: readonly string[];
  /** How long a browser remembers the answer to its preflight, in seconds. Default: 10 minutes. */
  maxAge?: number;
  /** Let pages of the internet call where this server is in a private network, of which browsers ask apart. Default: false. */
  privateNetwork?: boolean;
}

/** What browsers are told. */
export interface Cors {
  /** The answer to a preflight; undefined for what is none. */
  preflight(request: Request): Response | undefined;
  /** Lets the page that called read the answer. */
  tell(request: Request, headers: Headers): void;
}

const TEN_MINUTES = 600;

/** Undefined where no browser is meant. Source: the Fetch standard; Chrome's Private Network Access. */
export function createCors(option: boolean | CorsOptions | undefined): Cors | undefined {
  if (!option) return undefined;
  const {
    origins = "*",
    headers: own = [],
    maxAge = TEN_MINUTES,
    privateNetwork = false,
  } = option === true ? {} : option;
  const known: ReadonlySet<string> = new Set([origins].flat());
  const isOpen = known.has("*");
  const takes = takenOf(own);

  /** @returns whether the page may call. */
  const allow = (origin: string | null, headers: Headers): boolean => {
    // Caches must not hand one page what another was told.
    if (!isOpen) headers.append("vary", "origin");
    if (origin === null || !(isOpen || known.has(origin))) return false;
    headers.set("access-control-allow-origin", isOpen ? "*" : origin);
    return true;
  };

  return {
    preflight({ method, headers: asked }) {
      const origin = asked.get("origin");
      if (method !== "OPTIONS" || origin === null || !asked.has("access-control-request-method"))
        return undefined;
      const headers = new Headers();
      const isPrivate = asked.get("access-control-request-private-network") === "true";
      // Whoever is refused is told nothing, and the browser does the rest.
      if (!(isPrivate && !privateNetwork) && allow(origin, headers)) {
        headers.set("access-control-allow-methods", METHODS);
        const taken = takes(asked.get("access-control-request-headers") ?? "");
        if (taken !== "") headers.set("access-control-allow-headers", taken);
        headers.set("access-control-max-age", String(maxAge));
        if (isPrivate) headers.set("access-control-allow-private-network", "true");
      }
      headers.append("vary", "access-control-request-headers, access-control-request-private-network");
      return new Response(null, { status: 204, statusText: statusText(204), headers });
    },
    tell({ headers: asked }, headers) {
      if (allow(asked.get("origin"), headers)) headers.set("access-control-expose-headers", EXPOSED);
    },
  };
}
