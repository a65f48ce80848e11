import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { DEAF_DOORS, DOORS, SPOILING_DOORS, UNPACKING_DOORS } from "../../support/doors.ts";
import { CROSSING } from "./crossing.ts";
import { DEAF, LEAVING } from "./leaving.ts";
import { PACKED, UNPACKED } from "./packing.ts";
import { REFUSING } from "./refusing.ts";
import { STANDING } from "./standing.ts";
import { TALKING } from "./talking.ts";
import { visit } from "./visit.ts";

/** Where the framework reads bodies before us, and refuses what it cannot unpack. */
const READING_DOORS: ReadonlySet<string> = new Set([...UNPACKING_DOORS, ...SPOILING_DOORS]);

/** What must hold through every door; each of DOORS is held to all of it. */
const checksOf = (door: string) =>
  Object.entries({
    ...TALKING,
    ...REFUSING,
    ...STANDING,
    ...CROSSING,
    ...(UNPACKING_DOORS.has(door) ? UNPACKED : {}),
    ...(READING_DOORS.has(door) ? {} : PACKED),
    ...(DEAF_DOORS.has(door) ? DEAF : LEAVING),
  });

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  house.bedrock.reset();
  house.logged.length = 0;
});
afterAll(() => house.bedrock.close());

describe.each(Object.keys(DOORS))("%s", (door) => {
  it.each(checksOf(door))("%s", async (_, check) => {
    expect.hasAssertions();
    await visit(door, house, check);
  });
});
