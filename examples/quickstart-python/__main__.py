import pulumi
import pulumi_spin as spin

config = pulumi.Config()
listen = config.get("listen") or "127.0.0.1:3000"

# What the application can be told. A secret has no default: its value comes with the deployment.
greeting = spin.Variable("greeting", default="Hello from Spin")
upstream = spin.Variable("upstream", default="http://self.alt/fact")
token = spin.Variable("token", secret=True)

# What a component may do. Everything else is denied.
visits = spin.CapabilityGrant("visits", key_value_stores=["default"], reason="counts visits")
settings = spin.CapabilityGrant(
    "settings",
    variables={"greeting": "{{ greeting }}", "upstream": "{{ upstream }}", "token": "{{ token }}"},
    reason="greets, and knows its upstream",
)
facts = spin.CapabilityGrant(
    "facts", allowed_outbound_hosts=["http://self"], reason="asks the application's own /fact"
)

api = spin.Component(
    "api",
    source="../quickstart/components/api/dist/api.wasm",
    build={
        "command": ["npm", "run", "--silent", "build"],
        "workdir": "../quickstart/components/api",
        "watch": ["src/**/*.ts", "wit/**/*.wit", "*.json", "build.mjs"],
    },
    grants=[visits.definition, settings.definition, facts.definition],
)
stats = spin.Component(
    "stats",
    source="../quickstart/components/stats/dist/stats.wasm",
    build={
        "command": ["node", "build.mjs"],
        "workdir": "../quickstart/components/stats",
        "watch": ["src/**/*.rs", "Cargo.*", "*.mjs", "stats.wasm*"],
    },
    grants=[visits.definition],
)

routes = [
    spin.Route("index", route="/", component=api.component_id),
    spin.Route("count", route="/count", component=api.component_id),
    spin.Route("token", route="/token", component=api.component_id),
    spin.Route("outbound", route="/outbound/...", component=api.component_id),
    spin.Route("stats", route="/stats/...", component=stats.component_id),
    spin.Route("fact", route="/fact", static_response={"body": "Components start in microseconds.\n"}),
]

app = spin.App(
    "quickstart",
    version="0.1.0",
    variables=[variable.definition for variable in (greeting, upstream, token)],
    components=[api.definition, stats.definition],
    routes=[route.definition for route in routes],
)

deployment = spin.HostDeployment(
    "local",
    app=app.definition,
    listen=listen,
    variables={"token": config.require_secret("token")},
)

pulumi.export("url", deployment.url)
pulumi.export("digest", deployment.digest)
