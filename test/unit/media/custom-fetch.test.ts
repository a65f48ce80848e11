import { describe, expect, it } from "vitest";
import { createMediaFetcher, type MediaOptions } from "../../../src/media/fetch-media.ts";
import { PARAM, deferred, never, refusal } from "./media-server.ts";

type Fetch = Exclude<MediaOptions["fetch"], boolean | undefined>;
const URL_ = "https://a.example.test/a.png";
const by = (fetch: Fetch, options: MediaOptions = {}) =>
  createMediaFetcher({ timeout: 200, maxBytes: 1000, ...options, fetch })(URL_, PARAM, never());

/** A body that gives what `pull` gives, and tells when it is let go. */
function body(pull: (controller: ReadableStreamDefaultController) => void) {
  const { promise: letGo, resolve } = deferred<void>();
  const stream = new ReadableStream({ pull, cancel: () => resolve() });
  return { stream, letGo };
}

function strings() {
  return body((controller) => {
    controller.enqueue("text");
    controller.close();
  }).stream;
}

describe("a download by the operator's own function", () => {
  it("is asked for the URL, and gives bytes and a media type", async () => {
    const urls: string[] = [];
    const media = await by(async (url) => {
      urls.push(url);
      return new Response("pixels", { headers: { "content-type": "Image/PNG; q=1" } });
    });
    expect(media).toEqual({ bytes: "cGl4ZWxz", mediaType: "image/png" });
    expect(urls).toEqual([URL_]);
  });

  it("is not asked for what is no http(s) URL", async () => {
    const fetch = createMediaFetcher({ fetch: async () => new Response("x") });
    expect((await refusal(fetch("file:///etc/passwd", PARAM, never()))).message).toMatch(
      /Only http and https/,
    );
  });

  it("is held to the bound on size by what is announced, and lets go of the body", async () => {
    const { stream, letGo } = body(() => undefined);
    const error = await refusal(
      by(async () => new Response(stream, { headers: { "content-length": "1001" } })),
    );
    expect(error.message).toMatch(/too large: at most 1000 bytes/);
    await letGo;
  });

  it("is held to the bound on size by what comes, and lets go of the body", async () => {
    const { stream, letGo } = body((controller) => controller.enqueue(new Uint8Array(300)));
    expect((await refusal(by(async () => new Response(stream)))).message).toMatch(
      /too large: at most 1000 bytes/,
    );
    await letGo;
  });

  it("is held to the bound on time for its answer, and lets go of one that comes after all", async () => {
    const { stream, letGo } = body(() => undefined);
    const { promise, resolve } = deferred<Response>();
    expect((await refusal(by(() => promise))).message).toMatch(/timed out after 200 ms/);
    resolve(new Response(stream));
    await letGo;
  });

  it("is held to the bound on time for its body, and lets go of it", async () => {
    // A piece has come: what is cut off must not pass for the whole.
    const { stream, letGo } = body((controller) => {
      controller.enqueue(new Uint8Array(3));
      return new Promise(() => undefined);
    });
    expect((await refusal(by(async () => new Response(stream)))).message).toMatch(/timed out after 200 ms/);
    await letGo;
  });

  it("learns by its signal that the time is over, or the caller gone", async () => {
    const seen: unknown[] = [];
    const deaf: Fetch = (_, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          seen.push(signal.reason);
          reject(signal.reason as Error);
        });
      });
    await refusal(by(deaf));
    const caller = new AbortController();
    const work = refusal(createMediaFetcher({ fetch: deaf })(URL_, PARAM, caller.signal));
    caller.abort("gone");
    expect(await work).toBe("gone");
    expect(seen).toEqual([expect.objectContaining({ name: "DownloadFailure" }), "gone"]);
  });

  it.each([302, 404, 500])("with status %i is an error, and its body is let go", async (status) => {
    const { stream, letGo } = body(() => undefined);
    const error = await refusal(by(async () => new Response(stream, { status })));
    expect(error.message).toMatch(new RegExp(`status ${status}\\.$`));
    await letGo;
  });

  it("that throws does not tell the caller what", async () => {
    const cause = new Error("proxy.internal refused");
    const thrown: Fetch[] = [
      () => Promise.reject(cause),
      () => {
        throw cause;
      },
    ];
    for (const fetch of thrown) {
      const error = await refusal(by(fetch));
      expect(error.message).toMatch(/could not be reached or broke off\.$/);
      expect(error.cause).toBe(cause);
    }
  });

  it.each([
    ["no body", () => new Response(null), /empty file/],
    ["a body of strings", () => new Response(strings()), /broke off/],
    ["a broken body", () => new Response(body((c) => c.error(new Error("reset"))).stream), /broke off/],
    ["something else", () => undefined as unknown as Response, /broke off/],
  ])("with %s is an error", async (_, answer, reason) => {
    expect((await refusal(by(async () => answer()))).message).toMatch(reason);
  });
});
