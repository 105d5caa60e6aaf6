//! A static server for this machine alone: what any host would do, and nothing more.

use crate::static_files::{StaticFiles, content_type};
use crate::{layout, site, watch};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::thread;
use tokio::runtime::Builder;

const USUAL_PORTS: RangeInclusive<u16> = 8000..=8099;

/// Builds and serves the site until it is stopped.
pub fn serve(port: Option<u16>) -> Result<()> {
    let sources = watch::Sources::now();
    let listener = listen(port)?;
    if let Err(error) = site::build() {
        // The next change may mend it.
        eprintln!("{error:#}");
    }
    let address = start(listener, "/")?;
    println!("Layerwise is at {address} and rebuilds when a source changes. Ctrl-C stops it.");
    watch::rebuild_on_change(sources)
}

/// Serves `web/dist` below `prefix` in the background, on a port that is free. Returns the site's address.
pub fn start_in_background(prefix: &str) -> Result<String> {
    start(listen(Some(0))?, prefix)
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    for port in port.map_or(USUAL_PORTS, |port| port..=port) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => (),
            outcome => {
                return outcome.with_context(|| format!("Port {port} cannot be listened on"));
            }
        }
    }
    match port {
        Some(port) => {
            bail!("Port {port} is taken by another program: choose another, or leave --port away.")
        }
        None => bail!("The ports {USUAL_PORTS:?} are all taken: choose one with --port."),
    }
}

fn start(listener: TcpListener, prefix: &str) -> Result<String> {
    let address = format!("http://{}{prefix}", listener.local_addr()?);
    listener.set_nonblocking(true)?;
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let files = Arc::new(StaticFiles::new(layout::dist(), prefix));
    let site =
        Router::new().fallback(move |method: Method, target: Uri| async move { answer(&method, &target, &files) });
    thread::spawn(move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, site).await
        })
    });
    Ok(address)
}

fn answer(method: &Method, target: &Uri, files: &StaticFiles) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return sentence(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
    }
    let Some(file) = files.find(target.path()) else {
        if files.lacks_slash(target.path()) {
            let whole = format!("{}/", target.path());
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, whole)]).into_response();
        }
        return sentence(StatusCode::NOT_FOUND, "There is no such file in the site.");
    };
    match fs::read(&file) {
        Ok(content) => reply(StatusCode::OK, content, content_type(&file)),
        Err(error) => sentence(StatusCode::INTERNAL_SERVER_ERROR, &format!("The file cannot be read: {error}.")),
    }
}

fn sentence(status: StatusCode, text: &str) -> Response {
    reply(status, format!("{text}\n").into_bytes(), "text/plain; charset=utf-8")
}

fn reply(status: StatusCode, content: Vec<u8>, content_type: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Names with hashes could be cached for ever; while one works on the page, nothing should be.
        (header::CACHE_CONTROL, "no-cache"),
        (header::ALLOW, "GET, HEAD"),
        // Pages of others, and frames in a sandbox, may load it: so every host of the site should have it.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (status, headers, content).into_response()
}
