import { describe, expect, it } from "vitest";
import { openRedis } from "../../../../integrations/command/serve/redis-store.ts";

describe("a Redis that a configuration file names", () => {
  it("is not looked for where none is named", async () => {
    const load = async () => Promise.reject(new Error("loaded"));
    expect(await openRedis(undefined, load)).toBeUndefined();
  });

  it("names the package that it needs", async () => {
    const lost = Object.assign(new Error("Cannot find package '@keyv/redis'"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
    await expect(openRedis("redis://127.0.0.1", async () => Promise.reject(lost))).rejects.toThrow(
      "Redis needs the package '@keyv/redis'",
    );
    const broken = async () => Promise.reject(new Error("broken"));
    await expect(openRedis("redis://127.0.0.1", broken)).rejects.toThrow("broken");
  });

  it("is refused where it is no URL, without its password", async () => {
    const opened = openRedis("redis://:hunter2@[::1");
    await expect(opened).rejects.toThrow("is not a URL");
    await expect(opened).rejects.not.toThrow("hunter2");
  });

  it("connects when it is used, and leaves nothing open behind it", async () => {
    const redis = await openRedis("redis://127.0.0.1:1");
    expect(() => redis!.close()).not.toThrow();
  });
});
