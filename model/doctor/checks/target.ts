import { checkDeployable, targets as known } from "../../capability/index.ts";
import { deployableOf } from "../../inspection/deployable.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** What keeps the application from running where it is to run. */
export const targetsServed: Check = ({ manifest, binaries, targets = [] }) => {
  const app = deployableOf(manifest, binaries);
  return targets.flatMap((name) =>
    checkDeployable(app, name).map((found) =>
      findingOf(found, {
        why: `${upperFirst(known[name].title)} would refuse the application, or calls would fail.`,
      }),
    ),
  );
};

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
