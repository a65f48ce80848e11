import { BedrockOpenAIError } from "../errors.ts";
import { retryAfterMs } from "./errors/retry-after.ts";

/** Of throttling that AWS does not say the end of: doubled while it goes on. */
const THROTTLED_MS = 2_000;
const LONGEST_THROTTLED_MS = 60_000;

/** Beyond this AWS is not waited for without asking. */
const LONGEST_MS = 10 * 60_000;

/** Failures in a row that make a target one that is down, and for how long. */
const FAILURES = 3;
const DOWN_MS = 30_000;

/** Whoever asks a target that may be back and never tells of it is not waited for. */
const PROBE_MS = 60_000;

const MAX_TARGETS = 1_000;

interface State {
  /** Rests in a row because of throttling. */
  throttled: number;
  /** Failures in a row for other reasons. */
  failures: number;
  /** When it failed last, and until when it rests. */
  since: number;
  until: number;
  /** Until when the one is waited for who asks whether it is back. */
  probing: number;
}

/** Remembers targets that are throttled or down, so that others are asked first. A circuit breaker that refuses nothing. */
export interface Resting {
  isResting(target: string): boolean;
  /** It is asked now. Where its rest is over, the others wait for what comes of it. @returns when, for what comes of it. */
  asked(target: string): number;
  /**
   * It has begun to answer, so that its rest is over; what came before is forgotten when it has answered to the end.
   * @param since What `asked` returned: an answer that began before a failure says nothing of what came after it.
   */
  begun(target: string, since: number): void;
  answered(target: string, since: number): void;
  /** @param thrown What says nothing of the target, such as a caller's mistake or departure, counts neither way. */
  failed(target: string, thrown: unknown): void;
}

/** @param now Milliseconds; for tests. */
export function createResting(now: () => number = () => performance.now()): Resting {
  const states = new Map<string, State>();

  const keep = (target: string, state: State): void => {
    states.delete(target);
    states.set(target, state);
    if (states.size > MAX_TARGETS) states.delete(states.keys().next().value!);
  };

  return {
    isResting(target) {
      const state = states.get(target);
      return state !== undefined && now() < Math.max(state.until, state.probing);
    },
    asked(target) {
      const state = states.get(target);
      const at = now();
      if (state && state.until > 0 && at >= state.until) state.probing = at + PROBE_MS;
      return at;
    },
    begun(target, since) {
      const state = states.get(target);
      if (state && since >= state.since) Object.assign(state, { until: 0, probing: 0 });
    },
    answered(target, since) {
      const state = states.get(target);
      if (state && since >= state.since) states.delete(target);
    },
    failed(target, thrown) {
      const state = states.get(target) ?? { throttled: 0, failures: 0, since: 0, until: 0, probing: 0 };
      state.probing = 0;
      if (!isOfTarget(thrown)) return;
      const at = now();
      const rested = at < state.until;
      state.since = at;
      if (thrown.status === 429 || thrown.code === "model_not_ready") {
        // Calls side by side are throttled side by side, which makes it no worse.
        if (!rested) state.throttled += 1;
        state.until = Math.max(state.until, at + restOf(state.throttled, thrown));
      } else {
        state.failures += 1;
        if (state.failures >= FAILURES) state.until = Math.max(state.until, at + DOWN_MS);
      }
      keep(target, state);
    },
  };
}

/**
 * Says something of the target and not of the request. What is forbidden or not found may be the caller's own doing, by a
 * guardrail of another account for instance, and is not held against the target for others.
 */
const isOfTarget = (thrown: unknown): thrown is BedrockOpenAIError =>
  BedrockOpenAIError.isInstance(thrown) && (thrown.status >= 500 || [401, 408, 429].includes(thrown.status));

/** AWS's own word for it, where it gives one. */
function restOf(times: number, { cause }: BedrockOpenAIError): number {
  const { $response } = (cause ?? {}) as { $response?: { headers?: Record<string, string> } };
  const doubled = Math.min(THROTTLED_MS * 2 ** Math.max(0, times - 1), LONGEST_THROTTLED_MS);
  return Math.min(retryAfterMs($response?.headers) ?? doubled, LONGEST_MS);
}
