import OpenAI from "openai";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { CLAUDE, type House } from "../../support/bedrock.ts";
import { DOORS } from "../../support/doors.ts";
import type { Door } from "../../support/doors/served.ts";

/** One door, and what a check may do with it. */
export interface Visit {
  house: House;
  /** Opens the door on a handler of its own. Default: the house's. It is closed after the check. */
  open(handler?: BedrockOpenAIHandler): Promise<Door>;
}

/** What must hold through every door, by the danger that it is about. */
export type Checks = Record<string, (visit: Visit) => Promise<void>>;

export async function visit(
  name: string,
  house: House,
  check: (visit: Visit) => Promise<void>,
): Promise<void> {
  const doors: Door[] = [];
  const open = async (handler = house.handler): Promise<Door> => {
    const door = await DOORS[name]!(handler);
    doors.push(door);
    return door;
  };
  try {
    await check({ house, open });
  } finally {
    await Promise.all(doors.map((door) => door.close()));
  }
}

export const clientOf = ({ baseURL, fetch }: Door): OpenAI =>
  new OpenAI({ apiKey: "x", baseURL, fetch, maxRetries: 0 });

export const QUESTION = { model: CLAUDE, messages: [{ role: "user" as const, content: "Hi" }] };

/** Compression is asked for: middleware that gives it must not spoil anything. */
export const post = (body: object, init: RequestInit = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify({ ...QUESTION, ...body }),
  ...init,
  headers: { "content-type": "application/json", "accept-encoding": "gzip", ...init.headers },
});

/** A JSON body of so many bytes that arrives in pieces, as uploads do. */
export function slowly(bytes: number, init: RequestInit = {}): RequestInit {
  const body = new TextEncoder().encode(
    JSON.stringify({ ...QUESTION, messages: [{ role: "user", content: "x".repeat(bytes) }] }),
  );
  const PIECE = 64 * 1024;
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (at < body.length) controller.enqueue(body.subarray(at, (at += PIECE)));
      else controller.close();
    },
  });
  return { ...post({}, init), body: stream, duplex: "half" } as RequestInit;
}
