/** A wait that ends early where somebody wakes it. */
export interface Pause {
  over: Promise<void>;
  wake(): void;
}

/** @param ms At the most. */
export function pause(ms: number): Pause {
  let wake!: () => void;
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, wake };
}
