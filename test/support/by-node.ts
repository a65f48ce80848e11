import { subscribe } from "node:diagnostics_channel";

// Every request goes by Node's own client, as it does where somebody is told of that client's requests.
subscribe("http.client.request.start", () => undefined);
