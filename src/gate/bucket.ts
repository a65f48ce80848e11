const MINUTE = 60_000;

/** What is left of a bound per minute, which comes back evenly. */
export interface Bucket {
  /** Below zero where more was taken than there was. */
  level: number;
  /** Of `performance.now()`: when that was so. */
  at: number;
}

export const fullBucket = (perMinute: number, now: number): Bucket => ({ level: perMinute, at: now });

/** Lets come back what has come back since. */
export function refill(bucket: Bucket, perMinute: number, now: number): void {
  bucket.level = Math.min(perMinute, bucket.level + ((now - bucket.at) * perMinute) / MINUTE);
  bucket.at = now;
}

/** What cost more than there was is a debt of a minute at the most. */
export const spend = (bucket: Bucket, amount: number, perMinute: number): void => {
  bucket.level = Math.max(-perMinute, bucket.level - amount);
};

/** Milliseconds until there is so much. */
export const wait = ({ level }: Bucket, wanted: number, perMinute: number): number =>
  Math.max(0, ((wanted - level) * MINUTE) / perMinute);
