/** `node dummy.ts`: a JSON list of WIT texts, each with one world, on stdin; a component of each, whose functions trap, on stdout. */
import { text } from "node:stream/consumers";
import { componentEmbed, componentNew } from "@bytecodealliance/jco";

const worlds = JSON.parse(await text(process.stdin)) as string[];
const made: string[] = [];
for (const witSource of worlds) {
  const core = await componentEmbed({ witSource, dummy: true });
  made.push(Buffer.from(await componentNew(core)).toString("base64"));
}
process.stdout.write(JSON.stringify(made));
