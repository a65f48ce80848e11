import { AnswerReader } from "../../../src/bedrock/transport/http1/answer-reader.ts";

/** What has been read of an answer. */
export interface Read {
  statusCode: number | undefined;
  reason: string | undefined;
  headers: Record<string, string>;
  isKept: boolean | undefined;
  /** Each byte a character. */
  body: string;
  isOver: boolean;
  hasMore: boolean;
}

/** Bytes, one for each character. */
export const bytesOf = (text: string): Buffer => Buffer.from(text, "latin1");

/** Reads bytes as they come. @throws As the reader does. */
export function readPieces(pieces: readonly Uint8Array[], method = "GET"): Read {
  const reader = new AnswerReader(method);
  let body = "";
  for (const piece of pieces) body += reader.push(Buffer.from(piece))?.toString("latin1") ?? "";
  const { head, isOver, hasMore } = reader;
  return {
    statusCode: head?.statusCode,
    reason: head?.reason,
    headers: head?.headers ?? {},
    isKept: head?.isKept,
    body,
    isOver,
    hasMore,
  };
}

/** The same in one piece. */
export const readWhole = (text: string, method?: string): Read => readPieces([bytesOf(text)], method);
