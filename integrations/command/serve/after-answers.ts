/** Work that goes on after its answers: responses in the background. */
export interface AfterAnswers {
  /** The handler's option of that name. */
  waitUntil(work: Promise<unknown>): void;
  /** Until all of it is done. */
  over(): Promise<void>;
}

export function createAfterAnswers(): AfterAnswers {
  const open = new Set<Promise<unknown>>();
  return {
    waitUntil(work) {
      const done = work.catch(() => undefined).finally(() => open.delete(done));
      open.add(done);
    },
    async over() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}
