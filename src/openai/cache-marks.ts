import * as z from "../schema/z.ts";

/** Any object: what JSON.parse made needs no second look inside. */
export const jsonObject = z.looseObject({});

/** Marks the end of a prefix worth caching: Anthropic's and LiteLLM's way, and OpenAI's. */
export const cacheMarks = {
  cache_control: z.looseObject({ type: z.string(), ttl: z.string().nullish() }).nullish(),
  prompt_cache_breakpoint: jsonObject.nullish(),
};

export interface CacheMarks {
  cache_control?: { type: string; ttl?: string | null | undefined; scope?: unknown } | null | undefined;
  prompt_cache_breakpoint?: object | null | undefined;
}
