import { words } from "../wire/stream-events.ts";

interface Logprob {
  token: string;
  logprob: number;
  bytes: number[];
}

export interface TokenLogprob extends Logprob {
  top_logprobs: Logprob[];
}

/** A made-up likelihood for each word, the same for the same text; the word itself is always the likeliest. */
export function tokenLogprobs(text: string, top: number): TokenLogprob[] {
  return words(text).map((word) => {
    const alternatives = Array.from({ length: top }, (_, rank) =>
      logprobOf(rank === 0 ? word : `${word}${rank}`, rank),
    );
    const { token, logprob, bytes } = logprobOf(word, 0);
    return { token, logprob, bytes, top_logprobs: alternatives };
  });
}

function logprobOf(token: string, rank: number): Logprob {
  return { token, logprob: -0.25 - rank, bytes: [...Buffer.from(token)] };
}
