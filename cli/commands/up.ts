import { checkTarget } from "../../model/capability/index.ts";
import { describeIssue, SpinError } from "../../model/errors/index.ts";
import type { Json } from "../../model/json.ts";
import { type LockedApp, selectComponents } from "../../model/locked-app/index.ts";
import { serveApp } from "../../runtime/foreground/serve-app.ts";
import type { Command, CommandLine } from "../command.ts";
import { registryFlags, registryUsage } from "../registry/open-registries.ts";
import { findApp } from "../up/app-source.ts";
import { renderRoutes, routesOf } from "../up/routes.ts";
import { variablesOf, withEnvironment } from "../up/settings.ts";

export const up: Command = {
  name: "up",
  usage: `[-f FILE | FILE | REFERENCE] [--listen HOST:PORT] [--variable NAME=VALUE] [--env NAME=VALUE] [--component ID,ID] [--profile NAME] [--quiet] ${registryUsage}`,
  summary: "Runs an application here until Ctrl-C, without Pulumi: a spin.toml, a .wasm, or an artifact.",
  details: `
FILE               A spin.toml, its folder, or a .wasm. Default: the spin.toml here.
REFERENCE          An artifact of a registry: pulled, verified and run.
--listen           Default: SPIN_HTTP_LISTEN_ADDR, else 127.0.0.1:3000. Port 0 takes a free one.
--variable, -e     Values of variables (also SPIN_VARIABLE_NAME), environment of all components; several times.
--component        Only these components and their routes.
--quiet            Prints nothing of what components write; it is in .spin/logs all the same.
--format json      A line when it serves, {"base_url", "routes"}, and one when it has ended, {"ended"}.`,
  arguments: 0,
  optionalArguments: 1,
  flags: [...registryFlags.flags, "quiet"],
  options: [...registryFlags.options, "from", "listen", "component", "profile"],
  lists: ["variable", "env"],
  letters: { ...registryFlags.letters, f: "from", e: "env", q: "quiet" },
  async run(line) {
    const { options, lists, flags, format } = line;
    // From here on: who presses Ctrl-C while it starts wants the same.
    const interrupted = signal();
    const source = await findApp(wordOf(line), line);
    const selected = options.get("component")?.split(",");
    const whole = withEnvironment(source.lockedApp, lists.get("env") ?? []);
    const lockedApp = selected === undefined ? whole : selectComponents(whole, selected);
    refuseUnsupported(lockedApp);
    const served = await serveApp({
      ...source,
      lockedApp,
      listen: options.get("listen") ?? process.env["SPIN_HTTP_LISTEN_ADDR"] ?? "127.0.0.1:3000",
      variables: variablesOf(lockedApp, lists.get("variable") ?? [], process.env),
      onLog: (text, component) => {
        if (component === undefined) process.stderr.write(`host: ${text}\n`);
        else if (!flags.has("quiet")) process.stderr.write(`${text}\n`);
      },
    });
    const url = `http://${served.address}`;
    const routes = routesOf(lockedApp);
    const started =
      format === "json" ? `${JSON.stringify({ base_url: url, routes })}\n` : renderRoutes(url, routes);
    process.stdout.write(started);
    const ended = await interrupted;
    // Who asks again does not wait for the requests under way.
    void signal().then(() => process.exit(130));
    await served.close();
    return { data: { ended } };
  },
};

function wordOf({ arguments: [word], options }: CommandLine): string {
  const from = options.get("from");
  if (word === undefined || from === undefined) return word ?? from ?? ".";
  throw new SpinError("ERR_SPIN_CLI_USAGE", `Both "${word}" and --from "${from}" are to be run.`, {
    hint: "Name one of them.",
  });
}

/** What a preview of a deployment would refuse, all at once. */
function refuseUnsupported(lockedApp: LockedApp): void {
  const app = {
    name: lockedApp.metadata["name"] as string,
    components: [],
    lockedApp: lockedApp as unknown as { [key: string]: Json },
  };
  const [first, ...others] = checkTarget(app, "bundled-host").filter(({ severity }) => severity === "error");
  if (first === undefined) return;
  if (others.length === 0) throw new SpinError(first.code, first.message, { hint: first.hint });
  const lines = [first, ...others].map((found) => `\n  ${describeIssue(found)}`).join("");
  throw new SpinError(first.code, `This host cannot run the application:${lines}`);
}

/** The first of the signals that end a program; each is waited for once. */
function signal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const names = ["SIGINT", "SIGTERM"] as const;
    const end = (name: NodeJS.Signals): void => {
      for (const each of names) process.off(each, end);
      resolve(name);
    };
    for (const name of names) process.on(name, end);
  });
}
