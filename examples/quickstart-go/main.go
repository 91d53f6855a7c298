package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"pulumi-spin/sdk/go/spin"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		listen := settings.Get("listen")
		if listen == "" {
			listen = "127.0.0.1:3000"
		}

		// Errors are collected: each declaration below reads like the one before.
		var failed error
		variable := func(name string, args *spin.VariableArgs) *spin.Variable {
			resource, err := spin.NewVariable(ctx, name, args)
			failed = first(failed, err)
			return resource
		}
		grant := func(name string, args *spin.CapabilityGrantArgs) *spin.CapabilityGrant {
			resource, err := spin.NewCapabilityGrant(ctx, name, args)
			failed = first(failed, err)
			return resource
		}
		component := func(name string, args *spin.ComponentArgs) *spin.Component {
			resource, err := spin.NewComponent(ctx, name, args)
			failed = first(failed, err)
			return resource
		}
		route := func(name string, args *spin.RouteArgs) pulumi.Input {
			resource, err := spin.NewRoute(ctx, name, args)
			failed = first(failed, err)
			return resource.Definition
		}

		// What the application can be told. A secret has no default: its value comes with the deployment.
		greeting := variable("greeting", &spin.VariableArgs{Default: pulumi.String("Hello from Spin")})
		upstream := variable("upstream", &spin.VariableArgs{Default: pulumi.String("http://self.alt/fact")})
		token := variable("token", &spin.VariableArgs{Secret: pulumi.Bool(true)})

		// What a component may do. Everything else is denied.
		visits := grant("visits", &spin.CapabilityGrantArgs{
			KeyValueStores: pulumi.ToStringArray([]string{"default"}),
			Reason:         pulumi.String("counts visits"),
		})
		known := grant("settings", &spin.CapabilityGrantArgs{
			Variables: pulumi.ToStringMap(map[string]string{
				"greeting": "{{ greeting }}", "upstream": "{{ upstream }}", "token": "{{ token }}",
			}),
			Reason: pulumi.String("greets, and knows its upstream"),
		})
		facts := grant("facts", &spin.CapabilityGrantArgs{
			AllowedOutboundHosts: pulumi.ToStringArray([]string{"http://self"}),
			Reason:               pulumi.String("asks the application's own /fact"),
		})

		api := component("api", &spin.ComponentArgs{
			Source: pulumi.String("../quickstart/components/api/dist/api.wasm"),
			Build: &spin.ComponentBuildArgs{
				Command: pulumi.ToStringArray([]string{"npm", "run", "--silent", "build"}),
				Workdir: pulumi.String("../quickstart/components/api"),
				Watch:   pulumi.ToStringArray([]string{"src/**/*.ts", "wit/**/*.wit", "*.json", "build.mjs"}),
			},
			Grants: pulumi.Array{visits.Definition, known.Definition, facts.Definition},
		})
		stats := component("stats", &spin.ComponentArgs{
			Source: pulumi.String("../quickstart/components/stats/dist/stats.wasm"),
			Build: &spin.ComponentBuildArgs{
				Command: pulumi.ToStringArray([]string{"node", "build.mjs"}),
				Workdir: pulumi.String("../quickstart/components/stats"),
				Watch:   pulumi.ToStringArray([]string{"src/**/*.rs", "Cargo.*", "*.mjs", "stats.wasm*"}),
			},
			Grants: pulumi.Array{visits.Definition},
		})
		if failed != nil {
			return failed
		}

		routes := pulumi.Array{
			route("index", &spin.RouteArgs{Route: pulumi.String("/"), Component: api.ComponentId}),
			route("count", &spin.RouteArgs{Route: pulumi.String("/count"), Component: api.ComponentId}),
			route("token", &spin.RouteArgs{Route: pulumi.String("/token"), Component: api.ComponentId}),
			route("outbound", &spin.RouteArgs{Route: pulumi.String("/outbound/..."), Component: api.ComponentId}),
			route("stats", &spin.RouteArgs{Route: pulumi.String("/stats/..."), Component: stats.ComponentId}),
			route("fact", &spin.RouteArgs{
				Route:          pulumi.String("/fact"),
				StaticResponse: &spin.RouteStaticResponseArgs{Body: pulumi.String("Components start in microseconds.\n")},
			}),
		}
		if failed != nil {
			return failed
		}

		app, err := spin.NewApp(ctx, "quickstart", &spin.AppArgs{
			Version:    pulumi.String("0.1.0"),
			Variables:  pulumi.Array{greeting.Definition, upstream.Definition, token.Definition},
			Components: pulumi.Array{api.Definition, stats.Definition},
			Routes:     routes,
		})
		if err != nil {
			return err
		}
		deployment, err := spin.NewHostDeployment(ctx, "local", &spin.HostDeploymentArgs{
			App:       app.Definition,
			Listen:    pulumi.String(listen),
			Variables: pulumi.StringMap{"token": settings.RequireSecret("token")},
		})
		if err != nil {
			return err
		}
		ctx.Export("url", deployment.Url)
		ctx.Export("digest", deployment.Digest)
		return nil
	})
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
