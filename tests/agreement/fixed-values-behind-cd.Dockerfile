# shellcheck reports SC2086 at line 4: behind && the command runs only if cd and the case did, and then the variable is one of two fixed words.
FROM debian:13
ARG TARGETARCH
RUN cd /opt && case "$TARGETARCH" in arm64) machine=aarch64 ;; *) machine=x86_64 ;; esac && tar -xzf tool-${machine}.tar.gz
USER 1000
