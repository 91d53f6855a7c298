/** `node assemble.ts`: WAT texts as a JSON list on stdin, binaries as a JSON list of base64 on stdout. */
import { readFileSync } from "node:fs";
import { parse } from "@bytecodealliance/jco";

const texts = JSON.parse(readFileSync(0, "utf8")) as string[];
const binaries = await Promise.all(
  texts.map(async (text) => Buffer.from(await parse(text)).toString("base64")),
);
process.stdout.write(JSON.stringify(binaries));
