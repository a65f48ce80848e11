import { describe } from "vitest";
import { FRAME_FAULTS, HARMLESS } from "./acts/frames.ts";
import { allEnd } from "./all-end.ts";

describe("a stream in which AWS", () => {
  allEnd([...FRAME_FAULTS, ...HARMLESS]);
});
