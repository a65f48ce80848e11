import type { ChatDelta, FinishReason } from "../../../openai/chat-response.ts";
import type { ReplyHead } from "../../reply/head.ts";
import { quoted } from "../../reply/quoted.ts";
import type { WriteChunk } from "./choice.ts";
import type { Pen } from "./pen.ts";

/** Chunks as SSE text. What stands around a piece of text is put together once for the stream. */
export class TextPen implements Pen<string> {
  readonly #before: string;
  readonly #after: string;
  #written = "";

  constructor({ id, created, model }: ReplyHead, includeUsage = false) {
    this.#before = inOnePiece(
      "data: ",
      `{"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model)},"choices":`,
    );
    this.#after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  }

  chunks(index: number): WriteChunk {
    return new ChoicePen(this, this.#before, index, this.#after);
  }

  write(text: string): void {
    this.#written += text;
  }

  end(told: object | undefined): void {
    if (told) this.#written += `${this.#before}[],${JSON.stringify(told).slice(1)}\n\n`;
    this.#written += "data: [DONE]\n\n";
  }

  take(): string {
    const taken = this.#written;
    this.#written = "";
    return taken;
  }
}

class ChoicePen implements WriteChunk {
  readonly #pen: TextPen;
  readonly #index: number;
  readonly #before: string;
  readonly #after: string;
  readonly #textStart: string;
  readonly #textEnd: string;

  constructor(pen: TextPen, before: string, index: number, after: string) {
    this.#pen = pen;
    this.#index = index;
    this.#before = before;
    this.#after = after;
    this.#textStart = inOnePiece(this.#start(), `{"content":`);
    this.#textEnd = inOnePiece("}", this.#end("null"));
  }

  delta(delta: ChatDelta, finish?: FinishReason): void {
    this.#pen.write(this.#start() + JSON.stringify(delta) + this.#end(finish ? `"${finish}"` : "null"));
  }

  text(content: string): void {
    this.#pen.write(this.#textStart + quoted(content) + this.#textEnd);
  }

  #start(): string {
    return `${this.#before}[{"index":${this.#index},"delta":`;
  }

  #end(finish: string): string {
    return `,"logprobs":null,"finish_reason":${finish}}]${this.#after}`;
  }
}

/** What is added or filled in V8 keeps as its pieces, as long as the whole; what is joined it copies. */
const inOnePiece = (...pieces: string[]): string => pieces.join("");
