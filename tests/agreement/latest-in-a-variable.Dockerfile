# hadolint misses DL3007 at line 2: the variable has a default, and that default is `latest`.
ARG VERSION=latest
FROM debian:${VERSION}
USER 1000
