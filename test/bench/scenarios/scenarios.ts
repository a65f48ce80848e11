import type { Scenario } from "../bench.ts";
import { connections } from "../measure/connections.ts";
import { size } from "../measure/size.ts";
import { start } from "../measure/start.ts";
import { ANSWERS } from "./answers.ts";
import { MEMORY } from "./memory.ts";
import { SERVERS } from "./servers.ts";
import { B0, OURS } from "./sides.ts";
import { STREAMS } from "./streams.ts";

/** All that is measured, in the order in which it is told. */
export const SCENARIOS: readonly Scenario[] = [
  ...STREAMS,
  ...ANSWERS,
  ...SERVERS,
  ...MEMORY,
  connections([OURS, B0]),
  start,
  size,
];
