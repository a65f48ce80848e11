import type { SystemBlock } from "../../../conversation/types.ts";
import { withCachePoint } from "../../request/cache-marks.ts";
import type { Decoding } from "../../request/decoding.ts";
import type { DecodedMessages } from "../../request/messages.ts";
import { decodeTurns } from "./blocks.ts";
import { checkToolPairing } from "./pairing.ts";
import type { AskedRequest } from "./shape.ts";

/**
 * Messages one by one, each a turn of its own; instructions before the first of them belong to the system prompt.
 * @throws BedrockOpenAIError 400 naming the block that cannot be sent.
 */
export function decodeMessages(
  { messages, system }: Pick<AskedRequest, "messages" | "system">,
  decoding: Decoding,
): DecodedMessages {
  checkToolPairing(messages);
  const decoded: DecodedMessages = { messages: [], system: decodeSystem(system, decoding) };
  for (const [index, { role, content }] of messages.entries()) {
    for (const turn of decodeTurns(content, `messages.${index}`, decoding))
      if (role === "system" && decoded.messages.length === 0)
        for (const block of turn) decoded.system.push(block as SystemBlock);
      else decoded.messages.push({ role, content: turn });
  }
  return decoded;
}

function decodeSystem(system: AskedRequest["system"], decoding: Decoding): SystemBlock[] {
  if (system == null) return [];
  if (typeof system === "string") return [{ text: system }];
  return system.flatMap((block) => withCachePoint([{ text: block.text }], block, decoding) as SystemBlock[]);
}
