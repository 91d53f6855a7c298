/** What it means that a component has a right. */
import { hostVerdict } from "./host-risk.ts";
import { privateRoute } from "./reach.ts";
import type { Capability, RightKind, Verdict } from "./types.ts";

/** The risk of a right that is new or wider. */
export function verdictOf(right: Capability): Verdict {
  return judges[right.kind](right, subjectOf(right));
}

/** Who has a right, as the beginning of a sentence. */
export function subjectOf({
  component,
  via,
  profile,
}: Pick<Capability, "component" | "via" | "profile">): string {
  const owner = component === "" ? "The application" : `The component "${component}"`;
  const who = via === undefined ? owner : `The dependency "${via}" of ${owner.replace("The", "the")}`;
  return profile === undefined ? who : `With the profile "${profile}", ${who.replace("The", "the")}`;
}

type Judge = (right: Capability, who: string) => Verdict;

const judges: Record<RightKind, Judge> = {
  "outbound-host": ({ value }, who) => hostVerdict(value, who),
  "key-value-store": ({ value }, who) => ({
    risk: "medium",
    why: `${who} may read and change everything in the key-value store "${value}", also what other components keep there.`,
  }),
  "sqlite-database": ({ value }, who) => ({
    risk: "medium",
    why: `${who} may run any SQL on the database "${value}", also on the tables of other components.`,
  }),
  "ai-model": ({ value }, who) => ({
    risk: "low",
    why: `${who} may send prompts to the model "${value}", at the host's cost.`,
  }),
  file: fileVerdict,
  variable: ({ secret, value }, who) =>
    secret === true
      ? { risk: "high", why: `${who} may read a secret, as its variable "${value}".` }
      : { risk: "low", why: `${who} may read configuration, as its variable "${value}".` },
  environment: ({ value }, who) => ({
    risk: "low",
    why: `${who} is told something by the environment variable "${value}".`,
  }),
  route: routeVerdict,
  trigger: ({ value }, who) => ({
    risk: "medium",
    why: `${who} is run by others, through the trigger ${value}, with what they send.`,
  }),
};

function fileVerdict({ value, destination }: Capability, who: string): Verdict {
  const path = value.replaceAll("\\", "/");
  if (/^([A-Za-z]:)?\//.test(path) || path.split("/").includes("..")) {
    const why = `${who} may read files from outside the project: ${value}.`;
    return { risk: "high", why };
  }
  const at = destination === undefined ? "" : ` at ${destination}`;
  if (isProjectRoot(path)) {
    const why = `${who} may read the whole project folder${at}, with its .env files, keys and history.`;
    return { risk: "high", why };
  }
  if (credentials.test(path))
    return { risk: "high", why: `${who} may read files that usually hold credentials: ${value}${at}.` };
  return { risk: "low", why: `${who} may read the files ${value}${at}.` };
}

/** `.`, `./`, `*` and `**`, in any combination. */
function isProjectRoot(path: string): boolean {
  return path.split("/").every((part) => ["", ".", "*", "**"].includes(part));
}

/** Names by which credentials usually go. */
const credentials =
  /(^|\/)(\.env[^/]*|\.git|\.ssh|\.aws|\.npmrc|\.netrc|id_[a-z0-9]+|[^/]*\.(pem|key|p12|pfx))(\/|$)/i;

function routeVerdict({ component, value }: Capability, who: string): Verdict {
  if (component === "")
    return { risk: "low", why: `The application answers ${value} with a fixed response.` };
  if (value === privateRoute)
    return { risk: "low", why: `${who} may be called by other components of the application.` };
  const paths =
    value.endsWith("/...") || value.endsWith("/*")
      ? `everything below ${value.replace(/[^/]*$/, "")}`
      : value;
  return { risk: "medium", why: `${who} is called by anybody who reaches the application, at ${paths}.` };
}
