/**
 * What the work comes to, or what is said in its place when it takes longer than `ms` milliseconds: its signal fires then, and
 * nobody waits for what does not heed it.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => NoInfer<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => {
      resolve(late());
      controller.abort(new Error("out of time"));
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), patience]);
  } finally {
    clearTimeout(timer);
  }
}
