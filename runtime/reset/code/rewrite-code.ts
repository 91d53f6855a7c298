import { Reader } from "../../../model/wasm/reader.ts";
import type { Additions } from "../module/additions.ts";
import { type ModuleLayout, sectionIds } from "../module/layout.ts";
import { Writer } from "../module/writer.ts";
import { type Effects, noEffects } from "./effects.ts";
import { UnreadableCode } from "./instructions.ts";
import { BodyRewriter } from "./rewrite-body.ts";

/** V8's limit of one function, in bytes. */
const longestBody = 7_654_321;

/** The bodies of the module's functions, each with its size before it. */
export function rewriteCode(
  layout: ModuleLayout,
  additions: Additions,
): { bodies: Uint8Array; effects: Effects } {
  const effects = noEffects();
  const content = layout.sections.contents.get(sectionIds.code);
  if (content === undefined) return { bodies: new Uint8Array(), effects };
  const { memory, hasMarks, hasChecks, markRange, grow, pause } = additions;
  const index = memory?.index ?? 0;
  const rewriter = new BodyRewriter(
    {
      types: layout.types,
      functions: layout.functions,
      marks: hasMarks ? { memory: index, markRange, grow } : undefined,
      checks: hasChecks ? { memory: index, pause } : undefined,
    },
    effects,
  );
  const section = new Reader(content);
  const code = new Writer(content.length + content.length / 2 + 64);
  const count = section.count();
  if (count !== layout.functions.length - layout.importedFunctions)
    throw section.malformed("has other numbers of functions and of their bodies");
  for (let at = layout.importedFunctions; at < layout.functions.length; at++) {
    const type = layout.types[layout.functions[at] ?? -1];
    if (type === undefined) throw section.malformed("has a function of no type");
    const body = rewriter.rewrite(section.slice(section.u32()), type);
    if (body.length > longestBody) throw new UnreadableCode("a function too long to be changed");
    code.sized(body);
  }
  section.expectEnd();
  return { bodies: code.written(), effects };
}
