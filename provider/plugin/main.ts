/**
 * `pulumi-resource-spin [flags] <engine address>`: the first line of standard output is the port; nothing else is ever
 * written there. The engine hides all other output of a plugin, so what a person should see goes to its log.
 */
import { startServer } from "./server.ts";

const parentPollMs = 1000;

const { port, session } = await startServer();
process.stdout.write(`${port}\n`);
// Libraries print for people at a terminal, and there is none.
console.log = console.info = console.debug = () => {};

// One operation that went astray must not take the others with it, nor the state that they have yet to report.
process.on("uncaughtException", (error) =>
  session.log.error(`A bug in pulumi-spin, please report it: ${error.stack}`),
);

// An engine that was killed does not say goodbye.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(1), parentPollMs).unref();
