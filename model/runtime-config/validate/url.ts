/** URLs of a runtime configuration. One that may hold a password or token is never repeated. */
import { type Issue, issue } from "../../errors/index.ts";
import { mayHoldCredentials } from "../secrets.ts";

const redisSchemes = ["redis", "rediss", "redis+unix", "unix", "valkey", "valkeys", "valkey+unix"];

/** Spin asks for the scheme in lower case. */
export function httpUrlIssues(url: string, path: string): Issue[] {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return [];
  const rest = /^[a-z][a-z0-9+.-]*:\/\/(.+)$/i.exec(url)?.[1];
  const isShown = rest !== undefined && !mayHoldCredentials(url) && URL.canParse(`https://${rest}`);
  const hint = isShown ? `Did you mean "https://${rest}"?` : "Write it as https://host or http://host:port.";
  return [urlIssue(url, path, "a URL of http or https", hint)];
}

/** Of redis:// and rediss:// a host, and no path or the number of a database; of a socket the path of its file. */
export function redisUrlIssues(url: string, path: string): Issue[] {
  const hint = "Write it as redis://host:6379, rediss://host:6379/0 or unix:///path/of/socket.";
  const wrong = (expected: string): Issue[] => [urlIssue(url, path, expected, hint)];
  if (!URL.canParse(url)) return wrong("a URL of Redis");
  const { protocol, hostname, pathname } = new URL(url);
  const scheme = protocol.slice(0, -1);
  if (!redisSchemes.includes(scheme)) return wrong("a URL of redis, rediss or unix");
  if (scheme.endsWith("unix")) return pathname.length > 1 ? [] : wrong("the path of a socket");
  if (hostname === "") return wrong("a host");
  return /^\/*(\d+\/*)?$/.test(pathname) ? [] : wrong("the number of a database as its path, or none");
}

function urlIssue(url: string, path: string, expected: string, hint: string): Issue {
  const found = mayHoldCredentials(url) ? "a URL that is not shown, as it may hold a secret" : `"${url}"`;
  return issue("ERR_SPIN_RUNTIME_CONFIG_URL", path, `${path} is ${found}; expected ${expected}.`, { hint });
}
