import type { CorsOptions } from "./cors.ts";

const KNOWN: readonly string[] = ["origins", "headers", "maxAge", "privateNetwork"];
const WHAT = "an origin such as 'https://app.example.com', without a path, or '*'";

/** @returns what is wrong with the option. */
export function checkCors(cors: boolean | CorsOptions | undefined): string | undefined {
  if (cors === undefined || typeof cors === "boolean") return undefined;
  if (typeof cors !== "object" || cors === null) return "'cors' must be true, false or an object";
  const unknown = Object.keys(cors).find((name) => !KNOWN.includes(name));
  if (unknown) return `'cors' has no '${unknown.slice(0, 100)}'; known are ${KNOWN.join(", ")}`;
  const { headers = [], maxAge = 0, privateNetwork = false } = cors;
  // Said and undefined is a variable that is not set: it must not open the door to every page.
  const pages = Object.hasOwn(cors, "origins") ? [cors.origins].flat() : ["*"];
  const wrong = pages.filter((origin) => origin !== "*" && !isOrigin(origin)).map(String);
  if (wrong.length > 0) return `'cors.origins' must be ${WHAT}, not '${wrong[0]!.slice(0, 100)}'`;
  if (pages.length === 0) return "'cors.origins' must name an origin, or be left out for any page";
  const unfit = headers.filter((name) => !/^[\w-]+$/.test(name)).map(String);
  if (unfit.length > 0) return `'cors.headers' must be names of headers, not '${unfit[0]!.slice(0, 100)}'`;
  if (typeof privateNetwork !== "boolean") return "'cors.privateNetwork' must be true or false";
  return Number.isInteger(maxAge) && maxAge >= 0
    ? undefined
    : "'cors.maxAge' must be whole seconds, 0 or more";
}

/**
 * As browsers write it. Not `null`: that is whatever page stands in a sandboxed frame. Apps such as editors have schemes of
 * their own, which no URL parser knows the origin of.
 */
function isOrigin(text: unknown): boolean {
  if (typeof text !== "string" || !/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s*]+$/.test(text)) return false;
  if (!/^https?:/.test(text)) return true;
  return URL.canParse(text) && new URL(text).origin === text;
}
