import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** `private`: what people number their own networks with. `special`: what nobody serves media from. */
export type AddressClass = "public" | "private" | "special" | "metadata";

type Address = ReturnType<typeof ipaddr.parse>;
type Block = readonly [Address, number];

const block = (cidr: string): Block => ipaddr.parseCIDR(cidr);
const within = (address: Address, [network, bits]: Block): boolean =>
  address.kind() === network.kind() && address.match(network, bits);

/** Where clouds hand out credentials and configuration to whoever asks from inside. */
const METADATA = [
  "169.254.169.254/32", // AWS, Azure, Google Cloud, Oracle, …
  "169.254.170.0/24", // AWS: credentials of containers and of EKS pods
  "fd00:ec2::/32", // AWS, over IPv6
  "fd20:ce::254/128", // Google Cloud, over IPv6
  "168.63.129.16/32", // Azure: a public number that the host itself answers
  "100.100.100.200/32", // Alibaba Cloud
  "192.0.0.192/32", // Oracle Cloud, classic
].map(block);

/** Beyond it nothing is global unicast today. Source: IANA's IPv6 address space and special-purpose registries. */
const GLOBAL_IPV6 = block("2000::/3");

/** The well-known prefix of NAT64, which DNS64 resolvers put before the address of every IPv4 host (RFC 6052). */
const NAT64 = block("64:ff9b::/96");

/** Names of ipaddr.js for ranges that are private, not special. */
const PRIVATE_RANGES = new Set<string>(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

/**
 * The address that packets to `address` reach in the end, IPv4 out of its IPv6 wrappings; none where the text is no
 * address, or one that holds only on a single interface.
 */
export function finalAddress(address: string): Address | undefined {
  const family = isIP(address);
  if (family === 0 || address.includes("%")) return undefined;
  // In one spelling only: ipaddr.js takes `::1.2.3.4` for `::ffff:1.2.3.4`, which is another address.
  const parsed = ipaddr.process(
    family === 4 ? address : new URL(`http://[${address}]`).hostname.slice(1, -1),
  );
  return within(parsed, NAT64) ? ipaddr.fromByteArray(parsed.toByteArray().slice(-4)) : parsed;
}

/** An ISATAP interface id: a tunnel to the IPv4 address in its last half (RFC 5214). */
function isTunnel(address: Address): boolean {
  const bytes = address.toByteArray();
  return (
    bytes.length === 16 &&
    (bytes[8]! & 0xfd) === 0 &&
    bytes[9] === 0 &&
    bytes[10] === 0x5e &&
    bytes[11] === 0xfe
  );
}

export function classify(address: Address): AddressClass {
  if (METADATA.some((block) => within(address, block))) return "metadata";
  const range = address.range();
  if (PRIVATE_RANGES.has(range)) return "private";
  if (range !== "unicast" || isTunnel(address)) return "special";
  return address.kind() === "ipv4" || within(address, GLOBAL_IPV6) ? "public" : "special";
}

/** Whether `address` lies in `cidr`; a bare address is a block of one. */
export function isInBlock(address: Address, cidr: string): boolean {
  return within(address, block(cidr.includes("/") ? cidr : `${cidr}/${isIP(cidr) === 4 ? 32 : 128}`));
}
