import { pipeline } from "node:stream/promises";
import type { Command } from "../command.ts";
import { hostOf } from "../host-of.ts";

export const logs: Command = {
  name: "host logs",
  usage: "NAME [--follow]",
  summary: "Prints what the app's components wrote and what the host says of them.",
  arguments: 1,
  flags: ["follow"],
  async run(line) {
    const [app = ""] = line.arguments;
    const response = await (await hostOf(line)).logs(app, { follow: line.flags.has("follow") });
    await pipeline(response, process.stdout, { end: false });
    return {};
  },
};
