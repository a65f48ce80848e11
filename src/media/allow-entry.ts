import { isIP } from "node:net";

const NAME = /^(?:\*\.)?[a-z\d_-]+(?:\.[a-z\d_-]+)*$/i;
/** What ends like this is a spelling of an IPv4 address, and no URL keeps it. */
const NUMBER = /(?:^|\.)(?:\d+|0x[\da-f]*)$/i;

export const isAllowEntry = (entry: unknown): entry is string =>
  typeof entry === "string" && (isBlock(entry) || (NAME.test(entry) && !NUMBER.test(entry)));

/** Strict where ipaddr.js is lenient: to it `10.1/16` is 10.0.0.1. */
export function isBlock(text: string): boolean {
  const [, address = "", bits = "0"] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}
