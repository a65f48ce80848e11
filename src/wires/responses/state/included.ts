import type { ResponseObject } from "../../../openai/responses/response.ts";

const ENCRYPTED = "reasoning.encrypted_content";

/** Whether a URL asks for reasoning that can be carried: `include[]=`, as OpenAI's clients write it, or `include=`. */
export const includesEncrypted = ({ url }: Pick<Request, "url">): boolean =>
  [...new URL(url).searchParams].some(
    ([name, value]) => /^include(\[\d{0,6}\])?$/.test(name) && value.split(",").includes(ENCRYPTED),
  );

/** An item as it is told to who did not ask for that. */
export function withoutEncrypted<T extends { type?: unknown }>(item: T): T {
  if (item.type !== "reasoning" || !("encrypted_content" in item)) return item;
  return { ...item, encrypted_content: undefined };
}

export const toldResponse = (response: ResponseObject, isEncrypted: boolean): ResponseObject =>
  isEncrypted ? response : { ...response, output: response.output.map(withoutEncrypted) };
