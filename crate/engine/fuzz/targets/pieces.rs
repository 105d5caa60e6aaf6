//! Every byte stands for a line, or a part of one, that rules and fixes have something to say about.
#![no_main]

#[path = "../../../../tests/promises/mod.rs"]
mod promises;

const PIECES: [&str; 96] = [
    "FROM debian:13-slim\n", "FROM alpine\n", "FROM node:latest AS build\n", "FROM scratch\n", "FROM build\n", "FROM $BASE\n",
    "ARG BASE=ubuntu:24.04\n", "ARG VERSION\n", "ENV A=1 B=$A\n", "ENV DEBIAN_FRONTEND noninteractive\n", "ENV PASSWORD=hunter2x\n",
    "ENV PATH=/root/.local/bin:$PATH\n", "WORKDIR app\n", "WORKDIR /srv\n", "USER root\n", "USER 1000\n", "COPY . .\n",
    "COPY --from=build /a /b\n", "COPY --from=0 / /\n", "COPY a b c\n", "COPY run.sh /\n", "ADD a.tar.gz /\n", "ADD https://example.org/a /a\n",
    "COPY <<EOF /a\n", "RUN <<EOF\n", "EOF\n", "RUN ", "ONBUILD RUN ", "CMD ", "ENTRYPOINT ", "HEALTHCHECK CMD ", "LABEL a=1 a=2\n",
    "LABEL Key=\"\" org.opencontainers.image.created=now\n", "MAINTAINER me\n", "EXPOSE 80/TCP 80:80\n", "VOLUME /data\n", "STOPSIGNAL 9\n",
    "SHELL [\"/bin/bash\", \"-c\"]\n", "SHELL [\"powershell\"]\n", "# a comment\n", "# hadolint ignore=DL3008\n", "# syntax=docker/dockerfile:1\n",
    "# escape=`\n", "\n", " \\\n", "    ", " && ", " || ", "; ", " | ", " & ", "(", ")", "{ ", "; }", "if ", "; then ", "; fi", "for i in a b; do ",
    "; done", "$(", "`", "\"", "'", "$X", "${X:-y}", "<<EOF bash\n", " > /a", " 2>&1", "apt-get update", "apt-get install -y curl git",
    "apt-get upgrade -y", "rm -rf /var/lib/apt/lists/*", "apk add --no-cache curl", "apk update", "dnf install -y gcc", "pip install flask",
    "npm ci", "npm cache clean --force", "go build -o /a .", "curl -s https://example.org/x.sh | bash", "wget http://example.org/a.tgz",
    "tar xf a.tgz", "rm a.tgz", "chmod -R 777 /srv", "chown a:b /srv", "useradd -u 99999 app", "sudo make install", "cd /srv && make",
    "git clone https://example.org/a.git", "gpg --recv-keys AAAA", "echo \"aa  b\" | sha256sum -c", "set -eux", "exec serve", "[\"a\", \"b\"]\n", "\r\n",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let pieces = bytes.iter().take(200).filter_map(|&byte| PIECES.get(usize::from(byte) % PIECES.len()).copied());
    promises::hold("pieces", &pieces.collect::<String>(), None);
});
