import type { Context, Properties } from "../definition/resource.ts";
import { readDenials } from "../host/deployment.ts";

const most = 10;

/** What the running app's components were refused so far, each with the grant that would allow it. */
export async function denialReport(deployment: Properties, context: Context): Promise<string[]> {
  const denials = await readDenials(deployment, context);
  if (denials.length === 0) return [];
  const lines = denials
    .slice(0, most)
    .map(
      ({ component, target, count, grant }) => `  ${component}: ${target} (${count}×); to allow it: ${grant}`,
    );
  const left =
    denials.length > most ? [`  and ${denials.length - most} more; pulumi-spin host denials shows them`] : [];
  return [["Refused since the last deployment:", ...lines, ...left].join("\n")];
}
