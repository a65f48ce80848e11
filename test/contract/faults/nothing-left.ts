import { eventually } from "../../support/bedrock.ts";

const KINDS = ["TCPSocketWrap", "TLSWrap", "Timeout", "GetAddrInfoReqWrap"];

const counted = (): number[] => {
  const all = process.getActiveResourcesInfo();
  return KINDS.map((kind) => all.filter((each) => each === kind).length);
};

/** Runs it, and waits until the process holds no more sockets and timers than it did before. */
export async function nothingLeft<T>(run: () => Promise<T>): Promise<T> {
  const before = counted();
  const result = await run();
  await eventually(() => counted().every((count, index) => count <= before[index]!));
  return result;
}
