import { type Agent, type IncomingMessage, request } from "node:http";
import { MODEL } from "../systems/access.ts";
import type { Plan } from "./plan.ts";
import { hear, nothingTold, type Told } from "./told.ts";

/** What callers measured together. */
export interface Heard {
  /** Microseconds from a frame's writing to its reading, one for each piece. */
  delays: number[];
}

/** One caller over HTTP, who reads or leaves as its plan says. */
export function call(url: string, agent: Agent, plan: Plan, heard: Heard): Promise<Told> {
  const messages = [{ role: "user", content: JSON.stringify(plan) }];
  const body = JSON.stringify({ model: MODEL, stream: true, messages });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const told = nothingTold();
    const sent = request(`${url}/v1/chat/completions`, { method: "POST", agent, headers });
    const leave = (): void => {
      told.end = "left";
      sent.destroy();
    };
    sent.on("response", (response) => {
      told.status = response.statusCode ?? 0;
      listen(response, plan, told, heard, leave);
    });
    // Who leaves, and who is cut off: what it came to stands in what was told.
    sent.on("error", () => undefined);
    sent.on("close", () => resolve(told));
    sent.end(body);
    // Some leave before they have seen anything.
    if (plan.ending === "leave" && plan.at === 0) setTimeout(leave, plan.gap);
  });
}

function listen(response: IncomingMessage, plan: Plan, told: Told, heard: Heard, leave: () => void): void {
  let rest = "";
  response.setEncoding("utf8");
  response.on("error", () => undefined);
  if (told.status !== 200) {
    response.on("data", (text: string) => void (rest += text));
    response.on("end", () => void (told.end = isError(rest) ? "error" : "cut"));
    return;
  }
  response.on("data", (text: string) => {
    const frames = (rest + text).split("\n\n");
    rest = frames.pop()!;
    for (const frame of frames) {
      if (told.end === "left") return;
      if (frame.startsWith(":")) told.comments += 1;
      else take(frame.slice("data: ".length), plan, told, heard);
      if (plan.ending === "leave" && told.pieces.length >= Math.max(plan.at, 1)) leave();
    }
  });
}

interface Chunk {
  error?: { message: string };
  choices?: { delta: { content?: string }; finish_reason: string | null }[];
}

function take(data: string, plan: Plan, told: Told, heard: Heard): void {
  if (told.end !== "cut") told.afterwards += 1;
  if (data === "[DONE]") return void (told.end = "done");
  const { error, choices } = JSON.parse(data) as Chunk;
  if (error) return void (told.end = "error");
  for (const { delta, finish_reason: finishReason } of choices ?? []) {
    if (delta.content) heard.delays.push(hear(told, plan, delta.content));
    told.finishReason = finishReason ?? told.finishReason;
  }
}

function isError(text: string): boolean {
  try {
    return typeof (JSON.parse(text) as Chunk).error?.message === "string";
  } catch {
    return false;
  }
}
