/** What downloads load. */
export * from "../first-call.ts";
export { createMediaFetcher, fetchAll } from "../media/fetch-media.ts";
