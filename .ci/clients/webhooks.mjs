// Verifies by the library of Standard Webhooks, and reads by that of CloudEvents, what a receiver was posted.
//   node webhooks.mjs MESSAGES.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../node/package.json", import.meta.url));
const { Webhook } = require("standardwebhooks");
const { HTTP } = require("cloudevents");

const { secret, messages } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const { headers, body } of messages) {
  new Webhook(secret).verify(body, headers);
  let isVerified = true;
  try {
    new Webhook(secret).verify(`${body} `, headers);
  } catch {
    isVerified = false;
  }
  const event = HTTP.toEvent({ headers, body });
  if (isVerified || !event.validate() || `msg_${event.id}` !== headers["webhook-id"]) {
    throw new Error(`webhooks: not as it should be: ${body}`);
  }
}
console.log(`webhooks, JavaScript: ${messages.length} messages verified and read`);
