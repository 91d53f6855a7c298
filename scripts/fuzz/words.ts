/** What is put into inputs: texts that mean something to a parser, to JavaScript, or to nobody. */
import type { Many } from "./random.ts";

const ofObjects = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "toJSON"];

/** A byte order mark, halves of a pair, a control character, line ends, and letters that change their length in lower case. */
const characters = [
  "\uFEFF",
  "\uD800",
  "\uDFFF",
  "\0",
  "\u007F",
  "\u0085",
  "\u2028",
  "\r",
  "\r\n",
  "\n",
  "\t",
  "\u00A0",
  "😀",
  "İ",
  "ß",
  "e\u0301",
  "\u202E",
  "\uFFFD",
];

const numbers = [
  "0",
  "-0",
  "-1",
  "007",
  "2.0",
  "1e400",
  "-1e-400",
  "9007199254740993",
  "99999999999999999999999999",
  "0xffffffffffffffff",
  "1_000",
  "nan",
  "-inf",
  "65536",
  "1979-05-27",
  "07:32:00",
  "1979-05-27T07:32:00Z",
  "9999-99-99T99:99:99+99:99",
];

/** Cut at blanks. */
const marks = String.raw`
= [ ] [[ ]] { } " ' """ ''' "" # , . .. ... \ ^1 - -- _ true false \u0000 \uD800 \UFFFFFFFF \x41
:// : * *. / // /... /* :a @ ? % %2F [::1] :: xn-- self http redis 1.2.3 {{ }} {{a}} {{}} $& ( ) < >`;

const lines = ["[__proto__]\n", "[a]\n", "[[component]]\n", "a = 1\n", " "];

export const words: Many<string> = [
  "",
  ...ofObjects,
  ...characters,
  ...numbers,
  ...marks.split(/\s/),
  ...lines,
];

/** What can be opened again and again, and what closes it. */
export const nests: Many<readonly [open: string, close: string]> = [
  ["[", "]"],
  ["{a=", "}"],
  ["a.", ""],
  ["[[", "]]"],
  ["{{", "}}"],
  ["[a.", "]"],
  ["/:a", ""],
  ["*.", ""],
  ["(", ")"],
  ["a = [\n", "]\n"],
  ["[[a]]\n", ""],
];
