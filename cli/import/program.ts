/** A TypeScript program of the resources that make an application. */
import type { Dependencies, DependencyDefinition, GrantDefinition } from "../../model/definition.ts";
import type { AppParts } from "../../model/manifest/index.ts";
import { pathAt, pathTo } from "../../model/toml/index.ts";
import { Call, commentLine, Expression, type Member, Members } from "./code.ts";
import {
  buildMembers,
  commented,
  isPlainRedis,
  members,
  statement,
  unlessEmpty,
  variableCall,
} from "./declarations.ts";
import { imports } from "./imports.ts";
import { camelCase, Names } from "./names.ts";
import { inOrderOfNeed } from "./order.ts";
import { ResourceNames, routeName, triggerName } from "./resource-names.ts";

export interface ProgramOptions {
  /** Comments of the manifest, by its paths. */
  commentsAt(path: string): string[];
  /** Why the bundled host cannot run it; the deployment is then left as a comment. */
  obstacles: readonly string[];
  /** Secret variables whose default the program does not repeat. */
  secretDefaults: readonly string[];
}

type Component = AppParts["components"][number];

export function programOf(parts: AppParts, options: ProgramOptions): string {
  return new Program(parts, options).text();
}

class Program {
  readonly #parts: AppParts;
  readonly #options: ProgramOptions;
  readonly #names = new Names();
  readonly #components = new Map<string, string>();

  constructor(parts: AppParts, options: ProgramOptions) {
    this.#parts = parts;
    this.#options = options;
    for (const { id } of parts.components) this.#components.set(id, this.#names.give(id, "Component"));
  }

  text(): string {
    const head = this.#comments("application");
    const variables = this.#variables();
    const components = inOrderOfNeed(this.#parts.components).flatMap((it) => this.#component(it));
    const app = this.#app(variables.names);
    const blocks = [variables.text, ...components, app, this.#deployment()].filter((it) => it !== "");
    const body = `${blocks.join("\n\n")}\n`;
    return `${[...head.map(commentLine), ...imports(body)].join("\n")}\n\n${body}`;
  }

  #variables(): { text: string; names: Expression[] } {
    const lines = this.#parts.variables.map((variable) => {
      const name = this.#names.give(variable.name, "Variable");
      return {
        name,
        text: this.#statement(pathTo("variables", variable.name), name, variableCall(variable)),
      };
    });
    return {
      text: lines.map(({ text }) => text).join("\n"),
      names: lines.map(({ name }) => new Expression(name)),
    };
  }

  /** A component with its grant before it. */
  #component(component: Component): string[] {
    const { id, source, build, environment, grants, description, ...others } = component;
    const path = pathTo("component", id);
    const [grant] = grants;
    const grantName = grant === undefined ? undefined : this.#names.give(`${id} grant`, "Grant");
    const header = this.#comments(path);
    const args = new Members([
      this.#member(path, "description", "description", description),
      this.#member(path, "source", "source", source),
      this.#member(path, "build", "build", build === undefined ? undefined : buildMembers(build)),
      grantName === undefined ? undefined : { key: "grants", value: [new Expression(grantName)] },
      this.#member(path, "environment", "environment", unlessEmpty(environment)),
      this.#member(path, "exclude_files", "excludeFiles", others.excludeFiles),
      this.#member(path, "dependencies", "dependencies", this.#dependencies(others.dependencies)),
      this.#member(
        path,
        "dependencies_inherit_configuration",
        "dependenciesInheritConfiguration",
        others.dependenciesInheritConfiguration,
      ),
      this.#member(path, "targets", "targets", others.targets),
      this.#member(path, "tool", "tool", others.tool),
      this.#member(path, "profile", "profiles", this.#profiles(others.profiles)),
    ]);
    const own = statement(this.#nameOf(id), new Call("Component", id, args));
    const before =
      grant === undefined || grantName === undefined
        ? []
        : [statement(grantName, new Call("CapabilityGrant", id, this.#grant(grant, path)))];
    return [[...header.map(commentLine), ...before, own].join("\n")];
  }

  #grant(grant: GrantDefinition, path: string): Members {
    return new Members([
      this.#member(path, "variables", "variables", unlessEmpty(grant.variables)),
      this.#member(
        path,
        "allowed_outbound_hosts",
        "allowedOutboundHosts",
        unlessEmpty(grant.allowedOutboundHosts),
      ),
      this.#member(path, "key_value_stores", "keyValueStores", unlessEmpty(grant.keyValueStores)),
      this.#member(path, "sqlite_databases", "sqliteDatabases", unlessEmpty(grant.sqliteDatabases)),
      this.#member(path, "ai_models", "aiModels", unlessEmpty(grant.aiModels)),
      this.#member(path, "files", "files", unlessEmpty(grant.files)),
    ]);
  }

  #profiles(profiles: Component["profiles"]): unknown {
    if (profiles === undefined) return undefined;
    return Object.fromEntries(
      Object.entries(profiles).map(([name, { dependencies, ...rest }]) => [
        name,
        dependencies === undefined ? rest : { ...rest, dependencies: this.#dependencies(dependencies) },
      ]),
    );
  }

  #dependencies(dependencies: Dependencies | undefined): unknown {
    if (dependencies === undefined) return undefined;
    return Object.fromEntries(Object.entries(dependencies).map(([name, it]) => [name, this.#dependency(it)]));
  }

  #dependency(dependency: DependencyDefinition): unknown {
    if (typeof dependency === "string" || !("component" in dependency)) return dependency;
    return { ...dependency, component: this.#reference(dependency.component) };
  }

  #app(variables: Expression[]): string {
    const { name, version, description, authors, components, triggerSettings, triggerTypes } = this.#parts;
    const resourceName = /^[\w.-]+$/.test(name) ? name : camelCase(name, "app");
    const path = "application";
    const args = new Members([
      resourceName === name ? undefined : { key: "name", value: name },
      this.#member(path, "version", "version", version === "" ? undefined : version),
      this.#member(path, "description", "description", description),
      this.#member(path, "authors", "authors", unlessEmpty(authors)),
      { key: "variables", value: unlessEmpty(variables) },
      { key: "components", value: unlessEmpty(components.map(({ id }) => this.#reference(id))) },
      { key: "routes", value: unlessEmpty(this.#routes()) },
      { key: "triggers", value: unlessEmpty(this.#triggers()) },
      this.#member(path, "trigger", "triggerSettings", triggerSettings),
      { key: "triggerTypes", value: triggerTypes, comments: ["The order of spin.toml."] },
      this.#member(path, "targets", "targets", this.#parts.targets),
      this.#member(path, "tool", "tool", this.#parts.tool),
    ]);
    return statement("app", new Call("App", resourceName, args));
  }

  #routes(): unknown[] {
    const names = new ResourceNames();
    return this.#parts.routes.map((definition, index) => {
      const { id, route, component, components, staticResponse, middleware, executor } = definition;
      const comments = this.#comments(pathAt("trigger.http", index));
      const args = new Members([
        typeof route === "string" ? { key: "route", value: route } : { key: "private", value: true },
        component === undefined ? undefined : { key: "component", value: this.#reference(component) },
        { key: "components", value: this.#roles(components) },
        { key: "staticResponse", value: staticResponse },
        { key: "middleware", value: middleware?.map((it) => this.#dependency(it)) },
        { key: "executor", value: executor },
        { key: "triggerId", value: id },
      ]);
      return commented(new Call("Route", names.give(routeName(definition)), args), comments);
    });
  }

  #triggers(): unknown[] {
    const names = new ResourceNames();
    const counts = new Map<string, number>();
    return (this.#parts.triggers ?? []).map((trigger) => {
      const { type, id, component, components, dependencies, settings } = trigger;
      const index = counts.get(type) ?? 0;
      counts.set(type, index + 1);
      const comments = this.#comments(pathAt(pathTo("trigger", type), index));
      const name = names.give(triggerName(trigger));
      const called =
        component === undefined ? undefined : { key: "component", value: this.#reference(component) };
      const triggerId = { key: "triggerId", value: id };
      if (isPlainRedis(trigger))
        return commented(
          new Call("RedisTrigger", name, new Members([...members(settings), called, triggerId])),
          comments,
        );
      const roles = { key: "components", value: this.#roles(components) };
      const composed =
        dependencies &&
        Object.fromEntries(
          Object.entries(dependencies).map(([role, list]) => [role, list.map((it) => this.#dependency(it))]),
        );
      const args = [
        { key: "type", value: type },
        called,
        roles,
        { key: "settings", value: settings },
        { key: "dependencies", value: composed },
        triggerId,
      ];
      return commented(new Call("Trigger", name, new Members(args)), comments);
    });
  }

  #deployment(): string {
    const values = this.#parts.variables
      .filter(({ required }) => required)
      .map(({ name, secret }) => ({
        key: name,
        value: new Expression(
          `config.${secret ? "requireSecret" : "require"}(${JSON.stringify(camelCase(name))})`,
        ),
        comments: this.#options.secretDefaults.includes(name)
          ? ["Its default in spin.toml is not repeated here: set it as a secret of the stack."]
          : [],
      }));
    const args = new Members([
      { key: "app", value: new Expression("app") },
      values.length === 0 ? undefined : { key: "variables", value: new Members(values) },
    ]);
    const lines = [
      ...(values.length === 0 ? [] : ["const config = new pulumi.Config();"]),
      statement("deployment", new Call("HostDeployment", "local", args)),
      "",
      "export const url = deployment.url;",
    ].join("\n");
    const { obstacles } = this.#options;
    if (obstacles.length === 0) return lines;
    return [
      "// The bundled host cannot run this application yet:",
      ...obstacles.map((it) => commentLine(`- ${it}`)),
      "//",
      ...lines.split("\n").map((it) => `// ${it}`.trimEnd()),
      "",
      "export const manifest = app.manifest;",
    ].join("\n");
  }

  #roles(roles: Record<string, string | string[]> | undefined): unknown {
    if (roles === undefined) return undefined;
    const entries = Object.entries(roles);
    return Object.fromEntries(
      entries.map(([role, ids]) => [
        role,
        Array.isArray(ids) ? ids.map((id) => this.#reference(id)) : this.#reference(ids),
      ]),
    );
  }

  #reference(id: string): Expression {
    return new Expression(this.#nameOf(id));
  }

  #nameOf(id: string): string {
    return this.#components.get(id) ?? JSON.stringify(id);
  }

  #statement(path: string, name: string, call: Call): string {
    return [...this.#comments(path).map(commentLine), statement(name, call)].join("\n");
  }

  #member(path: string, key: string, name: string, value: unknown): Member | undefined {
    if (value === undefined) return undefined;
    return { key: name, value, comments: this.#comments(pathTo(path, key)) };
  }

  #comments(path: string): string[] {
    return this.#options.commentsAt(path);
  }
}
