/** A server with our handler behind one of its doors. `serve.mjs <door> <endpoint> <folder of an app>` */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../child.ts";
import { DOORS, type DoorName } from "../systems/doors.ts";

const [name, endpoint = "", dir = ""] = process.argv.slice(2);

/** Answers with its URL. */
serveParent<"listen">(async (): Promise<string> => {
  const server: Server = await DOORS[name as DoorName](endpoint, dir);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
