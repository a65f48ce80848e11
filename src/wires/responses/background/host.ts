/** How a host keeps awake until work is done. */
export type WaitUntil = (work: Promise<unknown>) => void;

interface RequestContext {
  get?(): { waitUntil?: WaitUntil } | undefined;
}

/** Where hosts leave it for the request that is being answered. Sources: Next.js, `after`; the package `@vercel/functions`. */
const PLACES = [Symbol.for("@next/request-context"), Symbol.for("@vercel/request-context")] as const;

/** Variables of hosts that stop a process as soon as it has answered: AWS Lambda and what runs on it, Vercel. */
const FREEZING: readonly string[] = ["AWS_LAMBDA_FUNCTION_NAME", "VERCEL"];

interface Surroundings {
  process?: { env?: Record<string, string | undefined> };
  [place: symbol]: RequestContext | undefined;
}

/** The host's own `waitUntil`, where it has one for this request. */
export function hostWaitUntil(surroundings: object = globalThis): WaitUntil | undefined {
  const found = PLACES.map((place) => (surroundings as Surroundings)[place]?.get?.()).find(
    (context) => context?.waitUntil,
  );
  return found && ((work) => found.waitUntil!(work));
}

/** Whether the process is stopped once its answer is out. */
export const isFreezing = (surroundings: object = globalThis): boolean =>
  FREEZING.some((name) => Boolean((surroundings as Surroundings).process?.env?.[name]));
