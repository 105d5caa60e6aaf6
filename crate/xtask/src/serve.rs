//! A static server for this machine alone: what any host would do, and nothing more.

use crate::static_files::{StaticFiles, content_type};
use crate::{layout, site, watch};
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::io::{Cursor, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::ops::RangeInclusive;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server};

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
    let server = Server::from_listener(listener, None).map_err(|error| anyhow!(error))?;
    let files = StaticFiles::new(layout::dist(), prefix);
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let response = answer(&request, &files);
            // A browser may hang up at any time; there is nobody left to tell.
            let _gone = request.respond(response);
        }
    });
    Ok(address)
}

fn answer(request: &Request, files: &StaticFiles) -> Response<Cursor<Vec<u8>>> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return sentence(405, "Only GET and HEAD are answered here.");
    }
    let Some(file) = files.find(request.url()) else {
        return sentence(404, "There is no such file in the site.");
    };
    match fs::read(&file) {
        Ok(content) => reply(200, content, content_type(&file)),
        Err(error) => sentence(500, &format!("The file cannot be read: {error}.")),
    }
}

fn sentence(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    reply(status, format!("{text}\n").into_bytes(), "text/plain; charset=utf-8")
}

fn reply(status: u16, content: Vec<u8>, content_type: &str) -> Response<Cursor<Vec<u8>>> {
    let mut response = Response::from_data(content).with_status_code(status).with_chunked_threshold(usize::MAX);
    let headers = [
        ("Content-Type", content_type),
        ("X-Content-Type-Options", "nosniff"),
        // Names with hashes could be cached for ever; while one works on the page, nothing should be.
        ("Cache-Control", "no-cache"),
        ("Allow", "GET, HEAD"),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}
