import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import type { Act } from "../../support/raw-server.ts";

/** How AWS is asked. */
export const WAYS = ["whole", "stream", "embeddings"] as const;
export type Way = (typeof WAYS)[number];

/**
 * What the caller sees: the answer; a status and the error's code, or its type where it has none; the same behind a 200 as the
 * stream's last frame.
 */
export type End = "the answer" | `${number} ${string}` | `frame ${string}`;

/** One way in which AWS, or what lies between, fails. */
export interface Fault {
  /** What AWS does: "closes the connection before its headers". */
  what: string;
  /** Where the same comes in several forms on the wire: which one this is. */
  spelled?: string | undefined;
  act: Act;
  /** Of each way that can meet it. */
  ends: Partial<Record<Way, End>>;
  /** Nothing that passes: nobody is to try again, whatever the error means elsewhere. */
  lasts?: boolean;
  /** The server speaks TLS, under a certificate of its own making. */
  tls?: boolean;
  /** Given the address of the server that acts. */
  options?: (url: string) => BedrockOpenAIOptions;
}

/** The same end whichever way was asked. */
export const everywhere = (end: End): Record<Way, End> => ({ whole: end, stream: end, embeddings: end });

/** The end of a whole answer, and that of a stream of which something has been told. */
export const midway = (end: End, frame: End): Record<Way, End> => ({ ...everywhere(end), stream: frame });

/** Silence is soon over, and yet a busy machine has the time to say what it has to. */
export const hasty = (): BedrockOpenAIOptions => ({ timeouts: { firstByte: 700, idle: 700 } });
