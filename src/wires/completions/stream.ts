import type { CompletionFinish } from "../../openai/completion-response.ts";
import type { FrameWriter } from "../frames.ts";
import type { ReplyHead } from "../reply/head.ts";
import { LastWords } from "../reply/last-words.ts";
import { quoted } from "../reply/quoted.ts";
import { type CompletionForm, toCompletionFinish } from "./form.ts";

export interface StreamForm extends CompletionForm {
  includeUsage: boolean;
}

/**
 * ConverseStream events of several answers side by side as one stream of text completion chunks with one head in
 * common: the echo first, then the text as it comes, one finish each. Usage is the sum over the answers.
 */
export function createCompletionStream(head: ReplyHead, asked: Partial<StreamForm> = {}): FrameWriter {
  const { includeUsage = false, echoes = [], extras = false } = asked;
  const before = `data: {"id":${JSON.stringify(head.id)},"object":"text_completion","created":${head.created},"model":${JSON.stringify(head.model)},"choices":`;
  const after = includeUsage ? `,"usage":null}\n\n` : `}\n\n`;
  const last = new LastWords({ includeUsage, extras });
  const started = new Set<number>();

  const write = (index: number, text: string, finish?: CompletionFinish): string =>
    `${before}[{"text":${quoted(text)},"index":${index},"logprobs":null,"finish_reason":${finish ? `"${finish}"` : "null"}}]${after}`;

  const echo = (index: number): string => {
    if (started.has(index)) return "";
    started.add(index);
    return echoes[index] ? write(index, echoes[index]) : "";
  };

  return {
    push(event, index = 0) {
      last.hear(event);
      const text = event.contentBlockDelta?.delta.text;
      if (text) return echo(index) + write(index, text);
      if (event.messageStop)
        return echo(index) + write(index, "", toCompletionFinish(event.messageStop.stopReason));
      return event.messageStart ? echo(index) : "";
    },
    end() {
      const told = last.told();
      return `${told ? `${before}[],${JSON.stringify(told).slice(1)}\n\n` : ""}data: [DONE]\n\n`;
    },
  };
}
