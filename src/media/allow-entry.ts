const NAME = /^(?:\*\.)?[a-z\d_-]+(?:\.[a-z\d_-]+)*$/i;
/** What ends like this is a spelling of an IPv4 address, and no URL keeps it. */
const NUMBER = /(?:^|\.)(?:\d+|0x[\da-f]*)$/i;

export const isAllowEntry = (entry: unknown): entry is string =>
  typeof entry === "string" && (isBlock(entry) || (NAME.test(entry) && !NUMBER.test(entry)));

/** As `isIP` of `node:net` reads them, which the root would load for this alone. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Strict where ipaddr.js is lenient: to it `10.1/16` is 10.0.0.1. */
export function isBlock(text: string): boolean {
  const [, address = "", bits = "0"] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return (Number(bits) <= 32 && IPV4.test(address)) || (Number(bits) <= 128 && isIPv6(address));
}

const isIPv6 = (address: string): boolean =>
  /^[\da-f.]*:[\da-f.:]*$/i.test(address) && URL.canParse(`http://[${address}]/`);
