use spin_sdk::http::{IntoResponse, Request, Response};
use spin_sdk::http_component;
use spin_sdk::key_value::Store;

#[http_component]
fn handle(request: Request) -> anyhow::Result<impl IntoResponse> {
    let path_info = request.header("spin-path-info").and_then(|value| value.as_str()).unwrap_or_default();
    let body = serde_json::json!({
        "visits": visits()?,
        "pathInfo": path_info,
        "language": "Rust",
    });
    Ok(Response::builder()
        .status(200)
        .header("content-type", "application/json")
        .body(body.to_string())
        .build())
}

/// What the api component counted; 0 before its first visit. This component only reads.
fn visits() -> anyhow::Result<u64> {
    match Store::open_default()?.get("visits")? {
        Some(bytes) => Ok(String::from_utf8(bytes)?.parse()?),
        None => Ok(0),
    }
}
