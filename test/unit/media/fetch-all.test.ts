import { describe, expect, it } from "vitest";
import { createMediaFetcher, fetchAll, type MediaFetcher } from "../../../src/media/fetch-media.ts";
import { LOCAL, PARAM, never, png, refusal, serve } from "./media-server.ts";

const urls = (count: number) =>
  new Map(Array.from({ length: count }, (_, n) => [`https://a.example/${n}`, `messages[${n}]`] as const));
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

/** One that waits for its signal, and says which URLs it was asked for and which it had to give up. */
function patient() {
  const asked: string[] = [];
  const left: string[] = [];
  const fetcher: MediaFetcher = (url, _, signal) =>
    new Promise((_, reject) => {
      asked.push(url);
      signal.addEventListener("abort", () => {
        left.push(url);
        reject(signal.reason as Error);
      });
    });
  return { asked, left, fetcher };
}

describe("the media of one request", () => {
  it("is fetched at most six at a time", async () => {
    let now = 0;
    let most = 0;
    const fetcher: MediaFetcher = async (url) => {
      now += 1;
      most = Math.max(most, now);
      await pause();
      now -= 1;
      return { bytes: btoa(url), mediaType: "" };
    };
    const fetched = await fetchAll(urls(40), fetcher, never());
    expect(most).toBe(6);
    expect(fetched.size).toBe(40);
    expect([...fetched].every(([url, { bytes }]) => atob(bytes) === url)).toBe(true);
  });

  it("is fetched once for each URL, for the parameter that names it", async () => {
    const server = await serve(png);
    const wanted = new Map([
      [server.url("/a"), "messages[0]"],
      [server.url("/b"), "messages[1]"],
    ]);
    const fetched = await fetchAll(wanted, createMediaFetcher(LOCAL), never());
    expect([...fetched.keys()].toSorted()).toEqual([...wanted.keys()].toSorted());
    expect(server.requests).toHaveLength(2);
    await server.allClosed();
  });

  it("is nothing for no URL", async () => {
    expect(await fetchAll(new Map(), patient().fetcher, never())).toEqual(new Map());
  });

  it("fails with its first failure, which stops the others and what waits", async () => {
    const { asked, left, fetcher } = patient();
    const failure = new Error("first");
    const work = fetchAll(
      urls(20),
      async (url, param, signal) => {
        if (!url.endsWith("/3")) return fetcher(url, param, signal);
        await pause();
        throw failure;
      },
      never(),
    );
    expect(await refusal(work)).toBe(failure);
    await pause();
    expect(asked).toHaveLength(5);
    expect(left).toEqual(asked);
  });

  it("closes the connections of the others when one fails", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/2") response.writeHead(404).end();
    });
    const wanted = new Map([0, 1, 2, 3].map((n) => [server.url(`/${n}`), `messages[${n}]`]));
    const error = await refusal(fetchAll(wanted, createMediaFetcher(LOCAL), never()));
    expect(error).toMatchObject({ status: 400, param: "messages[2]" });
    await server.allClosed();
  });

  it("stops with the caller, whose reason it tells", async () => {
    const { asked, left, fetcher } = patient();
    const caller = new AbortController();
    const work = refusal(fetchAll(urls(20), fetcher, caller.signal));
    const reason = new Error("gone");
    caller.abort(reason);
    expect(await work).toBe(reason);
    expect([asked.length, left.length]).toEqual([6, 6]);
  });

  it("is not begun for a caller that has left", async () => {
    const { asked, fetcher } = patient();
    await expect(fetchAll(urls(1), fetcher, AbortSignal.abort("gone"))).rejects.toBe("gone");
    expect(asked).toEqual([]);
  });

  it("does not let one small request become a flood", async () => {
    const { asked, fetcher } = patient();
    const error = await refusal(fetchAll(urls(501), fetcher, never()));
    expect(error).toMatchObject({ status: 400, param: "messages[500]", code: "invalid_image_url" });
    expect(asked).toEqual([]);
  });

  it("does not pile up more than memory bears", async () => {
    let asked = 0;
    const bytes = "A".repeat(32 * 1024 * 1024);
    const fetcher: MediaFetcher = async () => {
      asked += 1;
      await pause();
      return { bytes, mediaType: "" };
    };
    const error = await refusal(fetchAll(urls(100), fetcher, never()));
    expect(error).toMatchObject({ status: 400, message: expect.stringMatching(/too many or too large/) });
    expect(asked).toBeLessThan(20);
  });

  it("tells the parameter of what failed", async () => {
    const wanted = new Map([["http://10.0.0.1/", PARAM]]);
    expect(await refusal(fetchAll(wanted, createMediaFetcher(), never()))).toMatchObject({ param: PARAM });
  });
});
