import { type Issue, issue } from "../errors/index.ts";

/** How long before its end a grant is warned about. */
export const expiryNoticeDays = 14;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Whether a grant's time is over: an error after its last day, a warning in the days before. `today` is a date as
 * `expires` is one: `2027-01-31`, in UTC.
 */
export function expiryIssues(expires: string | undefined, today: string): Issue[] {
  if (expires === undefined) return [];
  const last = dayOf(expires);
  if (last === undefined) {
    const message = `"${expires}" is no date; expected the last day of the grant, for example 2027-01-31.`;
    return [issue("ERR_SPIN_GRANT_EXPIRES", "expires", message)];
  }
  const left = Math.round((last - (dayOf(today) ?? 0)) / dayMs);
  if (left < 0) return [issue("ERR_SPIN_GRANT_EXPIRED", "expires", `The grant ended with ${expires}.`)];
  if (left > expiryNoticeDays) return [];
  const when = left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days`;
  const message = `The grant ends ${when}, with ${expires}.`;
  return [issue("ERR_SPIN_GRANT_EXPIRING", "expires", message, { severity: "warning" })];
}

/** Midnight UTC of a day that the calendar has. */
function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? time : undefined;
}
