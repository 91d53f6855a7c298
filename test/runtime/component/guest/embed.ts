/** `node embed.ts`: names of interfaces as a JSON list on stdin, a component that imports all of each on stdout. */
import { text } from "node:stream/consumers";
import { componentEmbed, componentNew } from "@bytecodealliance/jco";
import { importingWit } from "./wit.ts";

const witSource = importingWit(JSON.parse(await text(process.stdin)) as string[]);
const core = await componentEmbed({ witSource, dummy: true, world: "imports", features: { tag: "all" } });
process.stdout.write(await componentNew(core));
