# hadolint misses DL3009 at line 3: the package lists are not what is removed.
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends make=4.4.1-2 && rm -rf /tmp/build
USER 1000
