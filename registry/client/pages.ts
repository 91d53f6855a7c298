import { type Answer, protocolFailure } from "../http/index.ts";
import { targetUrl } from "./address.ts";

const mostPages = 10_000;

/** `Link: <…>; rel="next"` (RFC 8288). A page that was there before is a circle. */
export function nextPage(answer: Answer, seen: Set<string>): URL | undefined {
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(answer.header("link") ?? "")?.[1];
  if (link === undefined) return undefined;
  const url = targetUrl(link, answer.url);
  if (seen.has(url.href) || seen.size >= mostPages) throw protocolFailure(answer.url, "its list has no end");
  seen.add(url.href);
  return url;
}
