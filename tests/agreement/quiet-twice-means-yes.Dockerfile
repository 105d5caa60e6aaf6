# hadolint reports DL3014 at line 3: apt-get takes `--quiet=2` for a yes.
FROM debian:13
RUN apt-get update && apt-get install --quiet=2 --no-install-recommends make=4.4.1-2 && rm -rf /var/lib/apt/lists/*
USER 1000
