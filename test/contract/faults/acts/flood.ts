import { once } from "node:events";
import { eventFrame } from "../../../support/frames.ts";
import type { Act } from "../../../support/raw-server.ts";
import { chunk, EVENTS, head, LAST_CHUNK } from "../answers.ts";

/** What an act of a flood has got rid of so far. */
export interface Flood {
  /** Bytes that the network took. */
  sent: number;
  /** Of the answer. */
  pieces: number;
  act: Act;
}

const WORDS = "word ".repeat(3_200);

/** One event's text, 16 kB. */
export const PIECE = WORDS;

const FRAME = chunk(eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: WORDS } } }));

/** A stream of so many bytes of text, as fast as whoever reads it lets it flow. */
export const floodOf = (bytes: number): Flood =>
  flooding(FRAME, bytes, {
    type: "application/vnd.amazon.eventstream",
    first: eventFrame(EVENTS.start),
    last: [EVENTS.blockStop, EVENTS.stop, EVENTS.metadata].map((event) => eventFrame(event)),
  });

/** A whole answer whose text is so long. */
export const wholeFloodOf = (bytes: number): Flood =>
  flooding(chunk(Buffer.alloc(2 ** 20, WORDS)), bytes, {
    type: "application/json",
    first: Buffer.from('{"output":{"message":{"role":"assistant","content":[{"text":"'),
    last: [Buffer.from('"}]}},"stopReason":"end_turn"}')],
  });

interface Around {
  type: string;
  first: Uint8Array;
  last: readonly Uint8Array[];
}

function flooding(piece: Buffer, bytes: number, { type, first, last }: Around): Flood {
  const flood: Flood = {
    sent: 0,
    pieces: Math.ceil(bytes / piece.length),
    act: async ({ socket, uploaded }) => {
      await uploaded;
      const gone = new AbortController();
      socket.once("close", () => gone.abort());
      socket.write(head("200 OK", { "content-type": type, "transfer-encoding": "chunked" }));
      socket.write(chunk(first));
      for (let index = 0; index < flood.pieces; index += 1) {
        const isTaken = socket.write(piece);
        flood.sent += piece.length;
        if (!isTaken) await once(socket, "drain", { signal: gone.signal });
      }
      for (const frame of last) socket.write(chunk(frame));
      socket.write(LAST_CHUNK);
      return true;
    },
  };
  return flood;
}
