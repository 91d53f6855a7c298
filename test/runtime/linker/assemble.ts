/** `node assemble.ts`: WAT texts as a JSON list on stdin, binaries as a JSON list of base64 on stdout. */
import { text } from "node:stream/consumers";
import { parse } from "@bytecodealliance/jco";

const texts = JSON.parse(await text(process.stdin)) as string[];
const binaries = await Promise.all(
  texts.map(async (text) => Buffer.from(await parse(text)).toString("base64")),
);
process.stdout.write(JSON.stringify(binaries));
