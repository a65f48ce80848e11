import { describe, expect, it } from "vitest";
import { createPool } from "../../../../src/bedrock/clients/client-pool.ts";

/** A pool, and the Regions that clients were made for. */
function counted(fails: () => boolean = () => false) {
  const made: (string | undefined)[] = [];
  const pool = createPool(async (region) => {
    made.push(region);
    if (fails()) throw new Error("no Region");
    return { region };
  });
  return { made, pool };
}

describe("a pool of clients", () => {
  it("makes one for each Region, when it is first asked for, however many ask at once", async () => {
    const { made, pool } = counted();
    expect(made).toEqual([]);
    const [a, b, c] = await Promise.all([pool("us-east-1"), pool("us-east-1"), pool("eu-west-1")]);
    expect(a).toBe(b);
    expect(c).not.toBe(a);
    expect(await pool("us-east-1")).toBe(a);
    expect(made).toEqual(["us-east-1", "eu-west-1"]);
  });

  it("knows no Region as one of its own", async () => {
    const { made, pool } = counted();
    expect(await pool(undefined)).toBe(await pool(undefined));
    expect(made).toEqual([undefined]);
  });

  it("tries again what could not be made", async () => {
    let broken = true;
    const { made, pool } = counted(() => broken);
    await expect(pool("us-east-1")).rejects.toThrow("no Region");
    broken = false;
    expect(await pool("us-east-1")).toEqual({ region: "us-east-1" });
    expect(made).toHaveLength(2);
  });

  it("does not grow with the names that callers think of: the one that was longest unused goes first", async () => {
    const { made, pool } = counted();
    for (let index = 0; index < 64; index += 1) await pool(`r${index}`);
    await pool("r0");
    await pool("r64");
    made.length = 0;
    await pool("r0");
    expect(made).toEqual([]);
    await pool("r1");
    expect(made).toEqual(["r1"]);
  });
});
