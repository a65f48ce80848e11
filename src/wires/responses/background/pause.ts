/** A wait that ends early where somebody wakes it. */
export interface Pause {
  over: Promise<void>;
  wake(): void;
}

/** @param ms At the most. */
export function pause(ms: number): Pause {
  const { promise: over, resolve } = withResolver();
  const timer = setTimeout(resolve, ms);
  return {
    over,
    wake() {
      clearTimeout(timer);
      resolve();
    },
  };
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
