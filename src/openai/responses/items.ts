import * as z from "zod";

/** What a request's `input` may hold. */
export const inputItem = z.looseObject({ type: z.string().nullish(), id: z.string().nullish() });

export type InputItem = z.output<typeof inputItem>;
