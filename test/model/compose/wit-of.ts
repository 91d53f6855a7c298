/** `node wit-of.ts`: components as a JSON list of base64 on stdin, their WIT as a JSON list on stdout. An invalid one is an error. */
import { text } from "node:stream/consumers";
import { componentWit } from "@bytecodealliance/jco";

const binaries = JSON.parse(await text(process.stdin)) as string[];
const texts = await Promise.all(binaries.map((it) => componentWit(Buffer.from(it, "base64"))));
process.stdout.write(JSON.stringify(texts));
