import { invalidRequest } from "./errors.ts";

const MEANINGS: ReadonlyMap<string, boolean> = new Map([
  ["1", true],
  ["true", true],
  ["0", false],
  ["false", false],
]);

const said = (headers: Headers): string | undefined => headers.get("x-bedrock-explain")?.trim().toLowerCase();

/** Whether the caller asks what would be sent. A word that is not known counts too, until it is refused: it sends nothing. */
export function asksToExplain(headers: Headers): boolean {
  const word = said(headers);
  return word !== undefined && MEANINGS.get(word) !== false;
}

/** @throws BedrockOpenAIError 400 for a word that means nothing: the call would be made, and cost. */
export function refuseUnknownExplain({ headers }: Pick<Request, "headers">): void {
  const word = said(headers) ?? "0";
  if (MEANINGS.has(word)) return;
  throw invalidRequest(
    `The header 'x-bedrock-explain' must be '1' or 'true' to see the AWS request instead of sending it, '0' or 'false' ` +
      `otherwise, and not '${word.slice(0, 100)}'.`,
    { code: "invalid_value" },
  );
}
