# hadolint reports DL3009 at line 3: the name of every package list has a `_`.
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends make=4.4.1-2 && rm /var/lib/apt/lists/*_*
USER 1000
