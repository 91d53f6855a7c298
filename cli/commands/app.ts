import { text as readText } from "node:stream/consumers";
import type { AppStatus } from "../../runtime/admin/client.ts";
import type { Command, CommandLine, Result } from "../command.ts";
import { hostOf } from "../host-of.ts";

export const appCommands: Command[] = [
  {
    name: "host apps",
    usage: "",
    summary: "Lists the apps.",
    arguments: 0,
    async run(line) {
      const apps = await (await hostOf(line)).listApps();
      const text = apps
        .map(({ app, status, url, revision }) => `${app}  ${status}  ${url}  revision ${revision}`)
        .join("\n");
      return { data: apps.map(masked), text: text === "" ? "No apps." : text };
    },
  },
  {
    name: "host app",
    usage: "NAME",
    summary: "Shows an app: where it answers, what runs, its variables.",
    arguments: 1,
    run: (line) => change(line, (host, app) => host.mustGetApp(app)),
  },
  {
    name: "host stop-app",
    usage: "NAME",
    summary: "Stops an app; it stays deployed.",
    arguments: 1,
    run: (line) => change(line, (host, app) => host.stopApp(app)),
  },
  {
    name: "host start-app",
    usage: "NAME",
    summary: "Starts an app that was stopped.",
    arguments: 1,
    run: (line) => change(line, (host, app) => host.startApp(app)),
  },
  {
    name: "host set-variable",
    usage: "NAME VARIABLE VALUE|-",
    summary: "Sets a variable of a running app, from stdin with `-`. Pulumi will call that drift.",
    arguments: 3,
    run: (line) =>
      change(line, async (host, app) => {
        const [, name = "", value = ""] = line.arguments;
        return host.setVariable(
          app,
          name,
          value === "-" ? (await readText(process.stdin)).replace(/\n$/, "") : value,
        );
      }),
  },
  {
    name: "host delete-app",
    usage: "NAME",
    summary: "Removes an app and its revisions. Its key-value data stays.",
    arguments: 1,
    async run(line) {
      const [app = ""] = line.arguments;
      await (await hostOf(line)).deleteApp(app);
      return { data: { deleted: app }, text: `"${app}" is gone.` };
    },
  },
  {
    name: "host denials",
    usage: "NAME",
    summary: "Lists what the app's components asked for and were refused, with the grant to add.",
    arguments: 1,
    async run(line) {
      const [app = ""] = line.arguments;
      const denials = await (await hostOf(line)).denials(app);
      const lines = denials.map(
        (it) => `${it.component} was refused ${it.target} (${it.count}×); to allow it: ${it.grant}`,
      );
      return { data: denials, text: lines.length === 0 ? "Nothing was refused." : lines.join("\n") };
    },
  },
];

type Host = Awaited<ReturnType<typeof hostOf>>;

async function change(
  line: CommandLine,
  operation: (host: Host, app: string) => Promise<AppStatus>,
): Promise<Result> {
  const status = masked(await operation(await hostOf(line), line.arguments[0] ?? ""));
  return { data: status, text: describe(status) };
}

/** Values of secret variables stay where they are. */
function masked(status: AppStatus): AppStatus {
  const variables = Object.entries(status.variables).map(([name, value]) => [
    name,
    status.secretVariables.includes(name) ? "[secret]" : value,
  ]);
  return { ...status, variables: Object.fromEntries(variables) };
}

function describe({ app, status, url, revision, digest, variables, limits, problem }: AppStatus): string {
  const lines = Object.entries(variables).map(([name, value]) => `  ${name} = ${value}`);
  const limited = Object.entries(limits ?? {}).map(([name, value]) => `  limits.${name} = ${value}`);
  const trouble =
    problem === undefined ? [] : [`it should run: ${problem.message} ${problem.hint} [${problem.code}]`];
  return [
    `${app} is ${status} at ${url}`,
    ...trouble,
    `revision ${revision}, ${digest}`,
    ...lines,
    ...limited,
  ].join("\n");
}
